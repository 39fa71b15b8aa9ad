namespace TinyQuant.Import.Tflite.FlatBuffers;

/// <summary>A vector of a flatbuffer, known to lie in the file as a whole.</summary>
internal readonly struct FlatVector
{
    private readonly FlatFile? _file;
    private readonly int _start;
    private readonly int _elementBytes;

    /// <exception cref="MalformedFileException">It does not lie in the file.</exception>
    public FlatVector(FlatFile file, int at, int elementBytes)
    {
        uint count = (uint)file.Int32(at);
        _file = file;
        _start = file.Checked(at, sizeof(int) + ((long)count * elementBytes)) + sizeof(int);
        _elementBytes = elementBytes;
        Count = (int)count;
    }

    public int Count { get; }

    public int Int32(int index) => _file!.Int32(Position(index));

    public long Int64(int index) => _file!.Int64(Position(index));

    public float Float32(int index) => _file!.Float32(Position(index));

    public FlatTable Table(int index) => new(_file!, _file!.Follow(Position(index)));

    /// <summary>The bytes of all elements, without a copy.</summary>
    public ReadOnlyMemory<byte> Bytes => _file is null ? default : _file.Slice(_start, Count * _elementBytes);

    /// <summary>Counts the elements as read.</summary>
    public void Charge() => _file?.Charge((long)Count * _elementBytes);

    /// <summary>All elements, counted as read.</summary>
    public int[] ToInt32()
    {
        Charge();
        int[] values = new int[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Int32(i);
        }

        return values;
    }

    private int Position(int index) => _start + (index * _elementBytes);
}

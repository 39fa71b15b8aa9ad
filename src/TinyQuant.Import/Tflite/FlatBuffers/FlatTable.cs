namespace TinyQuant.Import.Tflite.FlatBuffers;

/// <summary>
/// A table of a flatbuffer: fields by their published ids, with the schema's defaults for those it lacks.
/// </summary>
internal readonly struct FlatTable
{
    private const int HeaderBytes = 2 * sizeof(ushort);

    private readonly FlatFile? _file;
    private readonly int _at;
    private readonly int _fields;
    private readonly int _length;

    /// <exception cref="MalformedFileException">There is no table at that position.</exception>
    public FlatTable(FlatFile file, int at)
    {
        _file = file;
        _at = at;
        long fields = at - (long)file.Int32(at);
        if (fields is < 0 or > int.MaxValue)
        {
            throw new MalformedFileException(
                Invariant($"the table at byte {at} has its field list at byte {fields}; it is damaged"));
        }

        _fields = (int)fields;
        int fieldBytes = file.UInt16(_fields);
        _length = file.UInt16(file.Checked(_fields, HeaderBytes) + sizeof(ushort));
        if (fieldBytes < HeaderBytes || fieldBytes % sizeof(ushort) != 0 || _length < sizeof(int))
        {
            throw new MalformedFileException(
                Invariant($"the table at byte {at} has a field list of {fieldBytes} bytes for {_length}; it is ")
                    + "damaged");
        }

        file.Checked(_fields, fieldBytes);
        file.Checked(at, _length);
        FieldCount = (fieldBytes - HeaderBytes) / sizeof(ushort);
    }

    /// <summary>Fields that the file knows of, whether it has them or not.</summary>
    public int FieldCount { get; }

    public bool Has(int field) => _file is not null && field < FieldCount && Offset(field) != 0;

    public byte UInt8(int field, byte missing = 0) =>
        Has(field) ? _file!.UInt8(Position(field, sizeof(byte))) : missing;

    public bool Flag(int field) => UInt8(field) != 0;

    public int Int32(int field, int missing = 0) => Has(field) ? _file!.Int32(Position(field, sizeof(int))) : missing;

    public ulong UInt64(int field) => Has(field) ? (ulong)_file!.Int64(Position(field, sizeof(long))) : 0;

    public float Float32(int field) => Has(field) ? _file!.Float32(Position(field, sizeof(float))) : 0;

    /// <summary>A table in a table; one without fields where it is missing.</summary>
    public FlatTable Table(int field) =>
        Has(field) ? new FlatTable(_file!, _file!.Follow(Position(field, sizeof(int)))) : default;

    /// <summary>A vector; an empty one where it is missing.</summary>
    public FlatVector Vector(int field, int elementBytes) =>
        Has(field) ? new FlatVector(_file!, _file!.Follow(Position(field, sizeof(int))), elementBytes) : default;

    /// <summary>A string; null where it is missing. What is no UTF-8 becomes U+FFFD.</summary>
    public string? String(int field)
    {
        if (!Has(field))
        {
            return null;
        }

        FlatVector characters = Vector(field, sizeof(byte));
        characters.Charge();
        return System.Text.Encoding.UTF8.GetString(characters.Bytes.Span);
    }

    private int Offset(int field) => _file!.UInt16(_fields + HeaderBytes + (field * sizeof(ushort)));

    private int Position(int field, int bytes)
    {
        int offset = Offset(field);
        return offset >= sizeof(int) && offset + bytes <= _length ? _at + offset : throw new MalformedFileException(
            Invariant($"field {field} of the table at byte {_at} lies outside of the table's {_length} bytes; it ")
                + "is damaged");
    }
}

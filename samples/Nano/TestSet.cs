/// <summary>A test set in IDX files: a magic number, sizes, then bytes; all big-endian.</summary>
internal sealed class TestSet(int count, byte[] pixels, byte[] labels)
{
    public int Count => count;
    public byte[] Pixels => pixels;
    public byte[] Labels => labels;

    public static readonly TestSet Empty = new(0, [], []);

    private const int MaxBytes = 1 << 30;

    public static TestSet Read(string directory)
    {
        (byte[] images, int count) = ReadFile(directory, "t10k-images-idx3-ubyte", [Digits.Side, Digits.Side]);
        (byte[] labels, int labelCount) = ReadFile(directory, "t10k-labels-idx1-ubyte", []);
        if (count != labelCount)
        {
            throw new InvalidInputException($"'{directory}' has {count} pictures but {labelCount} labels.");
        }

        return new TestSet(count, images, labels);
    }

    private static (byte[] Data, int Count) ReadFile(string directory, string name, int[] itemShape)
    {
        string path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            throw new InvalidInputException(File.Exists(path + ".gz")
                ? $"'{path}.gz' is packed; unpack it first: gunzip -k '{path}.gz'"
                : $"there is no file '{path}'.");
        }

        byte[] file = Files.Read(path, MaxBytes);
        int header = 8 + (4 * itemShape.Length);
        int magic = 0x801 + (itemShape.Length);
        if (file is [0x1f, 0x8b, ..])
        {
            throw new InvalidInputException($"'{path}' is packed with gzip; unpack it first.");
        }

        if (file.Length < header || Int(file, 0) != magic)
        {
            throw new InvalidInputException(
                $"'{path}' is not an IDX file of {(itemShape.Length > 0 ? "pictures" : "labels")}; expected the "
                    + $"magic number 0x{magic:x8}.");
        }

        int count = Int(file, 4);
        long itemSize = 1;
        for (int i = 0; i < itemShape.Length; i++)
        {
            itemSize *= itemShape[i];
            if (Int(file, 8 + (4 * i)) != itemShape[i])
            {
                throw new InvalidInputException(
                    $"'{path}' has pictures of another size; expected {Digits.Side} x {Digits.Side}.");
            }
        }

        if (count < 1 || file.Length - header != count * itemSize)
        {
            throw new InvalidInputException(
                $"'{path}' says it has {count} items of {itemSize} bytes, but {file.Length - header} bytes follow.");
        }

        return (file.AsSpan(header).ToArray(), count);
    }

    private static int Int(byte[] bytes, int at) =>
        (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

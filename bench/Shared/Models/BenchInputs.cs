namespace TinyQuant.Bench;

/// <summary>Several inputs of a model, one after another, taken in turns.</summary>
internal sealed class BenchInputs(byte[] bytes, int inputBytes)
{
    private int _next;

    public int Count => bytes.Length / inputBytes;

    public static BenchInputs Read(string file, int inputBytes) => new(File.ReadAllBytes(file), inputBytes);

    public ReadOnlySpan<byte> Next()
    {
        _next = _next + 1 < Count ? _next + 1 : 0;
        return this[_next];
    }

    public ReadOnlySpan<byte> this[int index] => bytes.AsSpan(index * inputBytes, inputBytes);
}

namespace TinyQuant.Bench;

/// <summary>Several inputs of a model, one after another in a file, taken in turns.</summary>
internal sealed class BenchInputs(string file, int inputBytes)
{
    private readonly byte[] _bytes = File.ReadAllBytes(file);
    private int _next;

    public int Count => _bytes.Length / inputBytes;

    public ReadOnlySpan<byte> Next()
    {
        _next = _next + 1 < Count ? _next + 1 : 0;
        return this[_next];
    }

    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(index * inputBytes, inputBytes);
}

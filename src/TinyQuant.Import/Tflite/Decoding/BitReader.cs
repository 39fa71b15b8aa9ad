namespace TinyQuant.Import.Tflite.Decoding;

/// <summary>Bits of bytes, from the high end of each; behind the last byte come zeros.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The next bit.</summary>
    public long Position { get; private set; }

    /// <summary>Whether all bits that were read are there.</summary>
    public readonly bool IsInside => Position <= 8L * _bytes.Length;

    /// <summary>The next bits, the first one as the highest.</summary>
    public uint Read(int count)
    {
        uint value = 0;
        for (int i = 0; i < count; i++, Position++)
        {
            long at = Position / 8;
            int bit = at < _bytes.Length ? (_bytes[(int)at] >> (int)(7 - (Position % 8))) & 1 : 0;
            value = (value << 1) | (uint)bit;
        }

        return value;
    }

    /// <summary>Gives bits back.</summary>
    public void Return(int count) => Position -= count;
}

namespace TinyQuant.Training;

/// <summary>
/// PCG-XSH-RR 64/32 (O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random
/// Number Generation", 2014). The same seed gives the same sequence on every machine and with every .NET.
/// </summary>
public sealed class Pcg32
{
    private const ulong Multiplier = 6364136223846793005;

    private readonly ulong _increment;
    private ulong _state;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Where in the stream it starts.</param>
    /// <param name="stream">Which of the 2^63 streams it is.</param>
    public Pcg32(ulong seed, ulong stream = 0)
    {
        _increment = (stream << 1) | 1;
        NextUInt32();
        _state += seed;
        NextUInt32();
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        ulong state = _state;
        _state = unchecked((state * Multiplier) + _increment);
        uint mixed = (uint)(((state >> 18) ^ state) >> 27);
        return uint.RotateRight(mixed, (int)(state >> 59));
    }

    /// <summary>A number in [0, <paramref name="bound"/>), each equally likely.</summary>
    /// <param name="bound">At least 1.</param>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        uint threshold = unchecked((uint)-bound) % (uint)bound; // 2^32 mod bound: numbers below it would favour some
        uint value;
        do
        {
            value = NextUInt32();
        }
        while (value < threshold);
        return (int)(value % (uint)bound);
    }

    /// <summary>Puts the items into a random order (Fisher-Yates), each order equally likely.</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

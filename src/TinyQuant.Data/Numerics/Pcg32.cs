namespace TinyQuant.Data;

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

    /// <summary>
    /// A sequence of its own for each purpose and place, so that nothing depends on the order of drawing.
    /// </summary>
    /// <param name="seed">The seed of all of it.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="first">A number of the place, such as an epoch.</param>
    /// <param name="second">Another, such as an image.</param>
    public static Pcg32 At(ulong seed, string purpose, ulong first, ulong second)
    {
        ulong stream = 14695981039346656037; // FNV-1a
        foreach (char c in purpose)
        {
            stream = unchecked((stream ^ c) * 1099511628211);
        }

        return new Pcg32(Mix(Mix(Mix(seed) + first) + second), stream >> 1);
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

    /// <summary>
    /// A number in [0, <paramref name="bound"/>), all but equally likely: 32 bits scaled, without drawing again. The
    /// drawn digits take it, whose pixels a seed decides for good.
    /// </summary>
    internal int NextScaled(int bound) => (int)(((ulong)NextUInt32() * (uint)bound) >> 32);

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    internal float NextBetween(float low, float high) => low + ((high - low) * NextFloat());

    /// <summary>A number in [0, 1) of 24 bits.</summary>
    public float NextFloat() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>A number of the normal distribution with mean 0 and deviation 1 (Box and Muller, 1958).</summary>
    public float NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log((NextUInt32() + 1.0) / 4294967296.0));
        return (float)(radius * Math.Cos(2 * Math.PI * NextUInt32() / 4294967296.0));
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

    /// <summary>
    /// Spreads neighbouring numbers over all of them (the finalizer of SplitMix64, Steele et al., 2014).
    /// </summary>
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}

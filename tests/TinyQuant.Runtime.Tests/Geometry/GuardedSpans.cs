using System.Runtime.InteropServices;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// The random numbers and the memory of one case: every span of it lies at a page that must not be touched.
/// </summary>
/// <param name="seed">The same seed, the same case.</param>
/// <param name="atStart">Whether spans begin at such a page; else they end at one.</param>
internal sealed class GuardedSpans(int seed, bool atStart) : IDisposable
{
    private static readonly int[] s_lengths = [11, 12, 15, 16, 17, 23, 24, 31, 32, 33, 40, 47, 63, 64, 65, 70, 96, 129];

    private readonly List<IDisposable> _buffers = [];

    public Random Random { get; } = new(seed);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Int(int least, int most) => (int)Random.NextInt64(least, most + 1L);

    /// <summary>One of some.</summary>
    public T Of<T>(params T[] values) => values[Random.Next(values.Length)];

    /// <summary>True once in <paramref name="times"/>.</summary>
    public bool Once(int times) => Random.Next(times) == 0;

    /// <summary>A length around where vectors begin and end: 1 to 9 half of the time.</summary>
    public int Length(int most = 129) => Math.Min(Once(2) ? Int(1, 9) : Of(s_lengths), most);

    /// <summary>Memory with anything in it.</summary>
    public Span<T> Room<T>(int length)
        where T : unmanaged
    {
        GuardedBuffer<T> buffer = new(length, atStart);
        _buffers.Add(buffer);
        Random.NextBytes(MemoryMarshal.AsBytes(buffer.Span));
        return buffer.Span;
    }

    /// <summary>These elements.</summary>
    public Span<T> Copy<T>(ReadOnlySpan<T> content)
        where T : unmanaged
    {
        GuardedBuffer<T> buffer = new(content, atStart);
        _buffers.Add(buffer);
        return buffer.Span;
    }

    /// <inheritdoc cref="Copy{T}(ReadOnlySpan{T})"/>
    public Span<T> Copy<T>(T[] content)
        where T : unmanaged => Copy<T>(content.AsSpan());

    /// <summary>int8 codes, the least one often: its products are the largest.</summary>
    public sbyte[] Codes(int count, int least = sbyte.MinValue) =>
        Values(count, () => (sbyte)(Once(8) ? least : Random.Next(least, 128)));

    /// <summary>Eighths between -4 and 4: products and sums of a few thousand are exact in any order.</summary>
    public float[] Eighths(int count) => Values(count, () => Random.Next(-32, 33) / 8f);

    public int[] Biases(int count) => Values(count, () => Random.Next(-20_000, 20_001));

    public T[] Values<T>(int count, Func<T> value)
    {
        var values = new T[count];
        foreach (ref T element in values.AsSpan())
        {
            element = value();
        }

        return values;
    }

    /// <summary>Constants that take sums to codes, one or one for each channel.</summary>
    public FixedPointCase FixedPoint(int channels) => new(this, channels);

    public void Dispose() => _buffers.ForEach(buffer => buffer.Dispose());
}

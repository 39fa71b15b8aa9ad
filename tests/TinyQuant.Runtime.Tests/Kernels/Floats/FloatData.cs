namespace TinyQuant.Runtime.Tests.Kernels.Floats;

/// <summary>
/// Values whose sums of products are exact in float32, whatever the order, so that every unit must give the same; and
/// values at the ends.
/// </summary>
internal sealed class FloatData(int seed)
{
    /// <summary>What a float32 can be at its ends.</summary>
    public static readonly float[] Ends =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon,
        -float.Epsilon,
        1e-40f, -1e-20f, 1.17549435e-38f, 0, -0f,
    ];

    public Random Random { get; } = new(seed);

    /// <summary>Eighths up to 4; none is 0, so that an infinity times one is an infinity.</summary>
    public float[] Eighths(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Random.Next(1, 33) * (Random.Next(2) == 0 ? -1 : 1) / 8f)];

    /// <summary>
    /// The same, with an end in one place of every <paramref name="period"/>: a sum of so many has one of them at most.
    /// </summary>
    public float[] WithEnds(int count, int period)
    {
        float[] values = Eighths(count);
        for (int at = 0; at < count; at += period)
        {
            int place = at + Random.Next(period);
            if (place < count && Random.Next(4) != 0)
            {
                values[place] = Ends[Random.Next(Ends.Length)];
            }
        }

        return values;
    }

    /// <summary>Equal as numbers: NaN equals NaN, and the sign of a zero is free.</summary>
    public static void AssertEqual(float[] expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!expected[i].Equals(actual[i]))
            {
                Assert.Fail($"{what}, element {i}: {actual[i]:R}; expected {expected[i]:R}");
            }
        }
    }
}

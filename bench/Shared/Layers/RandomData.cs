namespace TinyQuant.Bench;

/// <summary>
/// The same random numbers on every call, at the start of a cache line, so that no figure hangs on where an array came
/// to lie.
/// </summary>
internal static class RandomData
{
    private const int Seed = 1;

    public static PinnedBuffer<sbyte> Codes(int length, sbyte least = sbyte.MinValue)
    {
        var random = new Random(Seed);
        sbyte[] codes = new sbyte[length];
        foreach (ref sbyte code in codes.AsSpan())
        {
            code = (sbyte)random.Next(least, sbyte.MaxValue + 1);
        }

        return new(codes, offset: 0);
    }

    public static PinnedBuffer<float> Reals(int length)
    {
        var random = new Random(Seed);
        float[] reals = new float[length];
        foreach (ref float real in reals.AsSpan())
        {
            real = (random.NextSingle() * 2) - 1;
        }

        return new(reals, offset: 0);
    }
}

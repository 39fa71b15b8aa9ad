namespace TinyQuant.Generator;

/// <summary>
/// A function of two codes as <c>clamp((left · x + right · y + offset) &gt;&gt; shift)</c> in int32, proven to be it
/// for all 65,536 pairs of codes.
/// </summary>
/// <remarks>
/// A reference's sum of int8 codes rounds three products of 64 bits. Its answers are those of a plane all the same, but
/// for places near a tie; the factors of the plane have some freedom, and there is nearly always a choice that meets
/// every answer.
/// </remarks>
internal readonly record struct LinearSum(int Left, int Right, int Offset, int Shift)
{
    /// <summary>A factor is 256 · a + b with an int16 a and an int8 b, as kernels multiply it.</summary>
    private const int MaxFactor = (1 << 23) - 256;

    private const int MaxShift = 30;

    /// <summary>
    /// So far from the nearest factors is searched. Ties that go away from zero ask for one step or two.
    /// </summary>
    private const int Steps = 3;

    private const int First = sbyte.MinValue;
    private const int Codes = 256;

    /// <summary>Pairs of steps from the nearest factors, the shortest first.</summary>
    private static readonly (int Left, int Right)[] s_steps = [
        .. Enumerable.Range(0, ((2 * Steps) + 1) * ((2 * Steps) + 1))
        .Select(i => ((i / ((2 * Steps) + 1)) - Steps, (i % ((2 * Steps) + 1)) - Steps))
        .OrderBy(steps => Math.Abs(steps.Item1) + Math.Abs(steps.Item2))];

    /// <summary>Such a form, or none where no factors close to the real ones meet every answer.</summary>
    /// <param name="answers">[65536] answers within the clamp, at (x + 128) · 256 + y + 128.</param>
    /// <param name="left">The real factor of x.</param>
    /// <param name="right">The real factor of y.</param>
    /// <param name="offset">The real answer for x = y = 0, without the clamp.</param>
    /// <param name="min">The clamp's least answer.</param>
    /// <param name="max">The clamp's greatest answer.</param>
    public static LinearSum? Find(sbyte[] answers, double left, double right, double offset, int min, int max)
    {
        int shift = Precision(left, right, offset);
        if (shift < 0)
        {
            return null;
        }

        int nearestLeft = (int)Math.Round(left * (1L << shift));
        int nearestRight = (int)Math.Round(right * (1L << shift));
        foreach ((int ofLeft, int ofRight) in s_steps)
        {
            if (Fit(answers, nearestLeft + ofLeft, nearestRight + ofRight, shift, min, max) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>
    /// The most bits after the point with which factors and all sums have their place; negative for none.
    /// </summary>
    private static int Precision(double left, double right, double offset)
    {
        double greatest = Math.Abs(offset) + ((Math.Abs(left) + Math.Abs(right)) * -First) + 1;
        double factor = Math.Max(Math.Abs(left), Math.Abs(right));
        int shift = MaxShift;
        while (shift >= 0 && (greatest * (1L << shift) >= int.MaxValue || factor * (1L << shift) > MaxFactor - Steps))
        {
            shift--;
        }

        return shift;
    }

    /// <summary>The offsets that give each answer are an interval; what all intervals share is tried.</summary>
    private static LinearSum? Fit(sbyte[] answers, int left, int right, int shift, int min, int max)
    {
        long least = int.MinValue;
        long greatest = int.MaxValue;
        for (int x = 0; x < Codes; x++)
        {
            long sum = ((long)left * (x + First)) + ((long)right * First);
            for (int y = 0; y < Codes; y++, sum += right)
            {
                long answer = answers[(x * Codes) + y];
                if (answer > min)
                {
                    least = Math.Max(least, (answer << shift) - sum);
                }

                if (answer < max)
                {
                    greatest = Math.Min(greatest, ((answer + 1) << shift) - 1 - sum);
                }
            }

            if (least > greatest)
            {
                return null;
            }
        }

        long offset = (least + greatest) >> 1;
        long reach = (Math.Abs((long)left) + Math.Abs((long)right)) * -First;
        return Math.Abs(offset) + reach <= int.MaxValue ? new LinearSum(left, right, (int)offset, shift) : null;
    }
}

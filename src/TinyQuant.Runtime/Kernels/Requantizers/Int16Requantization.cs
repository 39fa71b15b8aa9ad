using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>The constants that take sums to int16 codes: <c>clamp(scaled sum + zp)</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct Int16Requantization
{
    /// <summary>Creates the constants.</summary>
    /// <param name="multipliers">One (per tensor) or one for each output (per channel): Q0.15 for
    /// <see cref="Sums64"/>, Q0.31 for sums of 32 bits.</param>
    /// <param name="shifts">As many powers of two in [-31, 30]; negative shifts right.</param>
    /// <param name="zeroPoint">The output's zero point in [-32768, 32767].</param>
    /// <param name="min">The least output code, in [-32768, 32767]: the activation's or the type's.</param>
    /// <param name="max">The greatest output code, in [min, 32767].</param>
    /// <exception cref="ArgumentException">There are none, or not as many shifts, or codes do not fit
    /// int16.</exception>
    public Int16Requantization(
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, int zeroPoint, int min, int max)
    {
        if (multipliers.IsEmpty || shifts.Length != multipliers.Length
            || zeroPoint is < short.MinValue or > short.MaxValue
            || min < short.MinValue || max > short.MaxValue || min > max)
        {
            throw new ArgumentException("The constants do not fit each other or int16.");
        }

        Multipliers = multipliers;
        Shifts = shifts;
        (ZeroPoint, Min, Max) = (zeroPoint, min, max);
    }

    private ReadOnlySpan<int> Multipliers { get; }

    private ReadOnlySpan<int> Shifts { get; }

    private int ZeroPoint { get; }

    private int Min { get; }

    private int Max { get; }

    /// <summary>Checks that it was made, and for as many outputs.</summary>
    /// <exception cref="ArgumentException">It was not.</exception>
    internal void Check(int outputs)
    {
        if (Multipliers.Length != 1)
        {
            SpanChecks.Equal(Multipliers.Length, outputs, "multipliers", "outputs");
        }
    }

    /// <summary>The codes of some outputs.</summary>
    /// <param name="sums">Their sums.</param>
    /// <param name="first">The first one's index among all outputs.</param>
    /// <param name="codes">At least as many.</param>
    internal void Run<TSums>(ReadOnlySpan<long> sums, int first, Span<short> codes)
        where TSums : struct, ISumScaling
    {
        bool isPerTensor = Multipliers.Length == 1;
        ReadOnlySpan<int> multipliers = isPerTensor ? Multipliers : Multipliers.Slice(first, sums.Length);
        ReadOnlySpan<int> shifts = isPerTensor ? Shifts : Shifts.Slice(first, sums.Length);
        codes = codes[..sums.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            int channel = isPerTensor ? 0 : i;
            int code = unchecked(TSums.Scale(sums[i], multipliers[channel], shifts[channel]) + ZeroPoint);
            codes[i] = (short)Math.Clamp(code, Min, Max);
        }
    }
}

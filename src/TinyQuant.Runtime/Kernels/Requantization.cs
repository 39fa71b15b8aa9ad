using System.ComponentModel;

namespace TinyQuant.Kernels;

/// <summary>The constants that take int32 accumulators to int8 codes: <c>clamp(acc * m * 2^(shift-31) + zp)</c>.</summary>
/// <param name="multipliers">Q0.31 multipliers, one (per tensor) or one for each output (per channel).</param>
/// <param name="shifts">As many powers of two in [-31, 30]; negative shifts right.</param>
/// <param name="zeroPoint">The output's zero point in [-128, 127].</param>
/// <param name="min">The least output code, in [-128, 127]: the activation's or the type's.</param>
/// <param name="max">The greatest output code, in [min, 127].</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct Requantization(
    ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, int zeroPoint, int min, int max)
{
    /// <summary>Q0.31 multipliers, one or one for each output.</summary>
    public ReadOnlySpan<int> Multipliers { get; } = multipliers;

    /// <summary>Powers of two, as many as multipliers; negative shifts right.</summary>
    public ReadOnlySpan<int> Shifts { get; } = shifts;

    /// <summary>The output's zero point.</summary>
    public int ZeroPoint { get; } = zeroPoint;

    /// <summary>The least output code.</summary>
    public int Min { get; } = min;

    /// <summary>The greatest output code.</summary>
    public int Max { get; } = max;

    internal bool IsPerTensor => Multipliers.Length == 1;

    internal void Check(int outputs)
    {
        Lengths.Equal(Shifts.Length, Multipliers.Length, "shifts", "multipliers");
        if (!IsPerTensor)
        {
            Lengths.Equal(Multipliers.Length, outputs, "multipliers", "outputs");
        }

        // The vector forms saturate to int8 before they clamp, which is only the same inside int8.
        if (ZeroPoint is < sbyte.MinValue or > sbyte.MaxValue || Min < sbyte.MinValue || Max > sbyte.MaxValue || Min > Max)
        {
            throw new ArgumentException("The zero point or the clamp does not fit int8.");
        }
    }
}

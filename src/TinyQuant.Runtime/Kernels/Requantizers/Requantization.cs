using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>The constants that take int32 accumulators to int8 codes.</summary>
/// <remarks>
/// Fixed point: <c>clamp(acc · m · 2^(shift−31) + zp)</c>, rounded by the requantizer. Float: <c>clamp(acc · scale) +
/// zp</c>, ties to even, for <see cref="RequantFloatEven"/>. What they are is checked when they are made; whether there
/// are enough of the kind that a kernel's rounding takes, and so whether they were made at all, by the kernel.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct Requantization
{
    /// <summary>Constants of fixed point.</summary>
    /// <param name="multipliers">Q0.31 multipliers, one (per tensor) or one for each output (per channel).</param>
    /// <param name="shifts">As many powers of two in [-31, 30]; negative shifts right.</param>
    /// <param name="zeroPoint">The output's zero point in [-128, 127].</param>
    /// <param name="min">The least output code, in [-128, 127]: the activation's or the type's.</param>
    /// <param name="max">The greatest output code, in [min, 127].</param>
    /// <exception cref="ArgumentException">There are none, or not as many shifts, or codes do not fit int8.</exception>
    public Requantization(ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, int zeroPoint, int min, int max)
    {
        CheckMade(multipliers.Length, shifts.Length, zeroPoint, min, max);
        Multipliers = multipliers;
        Shifts = shifts;
        (ZeroPoint, Min, Max) = (zeroPoint, min, max);
    }

    /// <summary>Constants of float32 requantization.</summary>
    /// <param name="scales">Positive and finite, one (per tensor) or one for each output (per channel).</param>
    /// <param name="zeroPoint">The output's zero point in [-128, 127].</param>
    /// <param name="min">The least output code, in [-128, 127]: the activation's or the type's.</param>
    /// <param name="max">The greatest output code, in [min, 127].</param>
    /// <exception cref="ArgumentException">There are none, or codes do not fit int8.</exception>
    public Requantization(ReadOnlySpan<float> scales, int zeroPoint, int min, int max)
    {
        CheckMade(scales.Length, scales.Length, zeroPoint, min, max);
        Scales = scales;
        (ZeroPoint, Min, Max) = (zeroPoint, min, max);
    }

    /// <summary>Q0.31 multipliers, one or one for each output; none where there are scales.</summary>
    public ReadOnlySpan<int> Multipliers { get; }

    /// <summary>Powers of two, as many as multipliers; negative shifts right.</summary>
    public ReadOnlySpan<int> Shifts { get; }

    /// <summary>float32 scales, one or one for each output; none where there are multipliers.</summary>
    public ReadOnlySpan<float> Scales { get; }

    /// <summary>The output's zero point.</summary>
    public int ZeroPoint { get; }

    /// <summary>The least output code.</summary>
    public int Min { get; }

    /// <summary>The greatest output code.</summary>
    public int Max { get; }

    internal bool IsPerTensor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Multipliers.Length == 1 || Scales.Length == 1;
    }

    /// <summary>The constants of some outputs.</summary>
    internal Requantization Slice(int first, int count)
    {
        if (IsPerTensor)
        {
            return this;
        }

        return Scales.IsEmpty
            ? new(Multipliers.Slice(first, count), Shifts.Slice(first, count), ZeroPoint, Min, Max)
            : new(Scales.Slice(first, count), ZeroPoint, Min, Max);
    }

    /// <summary>Checks the constants for a kernel, which reads them without a look.</summary>
    /// <exception cref="ArgumentException">They are of another kind than the rounding takes, or too few.</exception>
    internal void Check<TRequantizer>(int outputs)
        where TRequantizer : struct, IRequantizer
    {
        if (TRequantizer.TakesScales == Scales.IsEmpty)
        {
            SpanChecks.Throw(0, outputs, TRequantizer.TakesScales ? "scales" : "multipliers or shifts", "channels");
        }

        if (!IsPerTensor)
        {
            SpanChecks.Equal(Scales.IsEmpty ? Multipliers.Length : Scales.Length, outputs, "multipliers", "outputs");
        }
    }

    // The vector forms saturate to int8 before they clamp, which is only the same inside int8.
    private static void CheckMade(int count, int shifts, int zeroPoint, int min, int max)
    {
        if (count < 1 || shifts != count || zeroPoint is < sbyte.MinValue or > sbyte.MaxValue
            || min < sbyte.MinValue || max > sbyte.MaxValue || min > max)
        {
            throw new ArgumentException("The constants do not fit each other or int8.");
        }
    }

    /// <summary>The lengths that a fixed-point requantizer relies on.</summary>
    internal void CheckFixedPoint(int accumulators, int firstChannel, int output)
    {
        SpanChecks.AtLeast(output, accumulators, "output", "accumulators");
        if (firstChannel < 0 || Multipliers.IsEmpty
            || (!IsPerTensor && firstChannel > Multipliers.Length - accumulators))
        {
            SpanChecks.Throw(
                Multipliers.Length, (long)firstChannel + accumulators, "multipliers or shifts", "channels");
        }
    }

    /// <summary>The lengths that a float requantizer relies on.</summary>
    internal void CheckScales(int accumulators, int firstChannel, int output)
    {
        SpanChecks.AtLeast(output, accumulators, "output", "accumulators");
        if (firstChannel < 0 || Scales.IsEmpty || (!IsPerTensor && firstChannel > Scales.Length - accumulators))
        {
            SpanChecks.Throw(Scales.Length, (long)firstChannel + accumulators, "scales", "channels");
        }
    }
}

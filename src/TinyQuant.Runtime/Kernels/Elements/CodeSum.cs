using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>What takes a sum of codes of one scale to the output's.</summary>
/// <param name="inputZeroPoint">Of all codes that are summed.</param>
/// <param name="multiplier">Twice the codes' scale over 2^20 times the output's, Q0.31.</param>
/// <param name="shift">Of the multiplier, in [-31, 0].</param>
/// <param name="outputZeroPoint">The output's.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CodeSum(int inputZeroPoint, int multiplier, int shift, int outputZeroPoint)
{
    /// <summary>2^20, and a half, since the reference halves what it adds up.</summary>
    internal const int LeftShift = 19;

    internal int InputZeroPoint { get; } = inputZeroPoint;

    /// <summary>Whether <see cref="Vectors{TRounding}"/> are of use for sums that vectors hold.</summary>
    internal bool TakesVectors<TRounding>()
        where TRounding : struct, IFixedPointRounding => FixedPointVectors<TRounding>.Takes(shift);

    /// <summary>The multiplier for vectors of sums that are shifted to the left by 19, below 2^30.</summary>
    internal FixedPointVectors<TRounding> Vectors<TRounding>()
        where TRounding : struct, IFixedPointRounding => new(multiplier, shift);

    internal int OutputZeroPoint { get; } = outputZeroPoint;

    /// <summary>
    /// What the reference's sum begins with: code 0, less the zero point, and not the code of real 0.
    /// </summary>
    internal int First => -InputZeroPoint;

    /// <summary>The code of a sum, which wraps around in the reference's 32 bits.</summary>
    /// <param name="sum"><see cref="First"/> and all codes less their zero point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal sbyte Code<TRounding>(int sum)
        where TRounding : struct, IFixedPointRounding => (sbyte)Math.Clamp(
            (long)TRounding.Multiply(unchecked(sum << LeftShift), multiplier, shift) + OutputZeroPoint,
            sbyte.MinValue, sbyte.MaxValue);
}

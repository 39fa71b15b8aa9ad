using System.ComponentModel;
using System.Runtime.CompilerServices;

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
    private const int LeftShift = 19;

    internal int InputZeroPoint { get; } = inputZeroPoint;

    /// <summary>
    /// What the reference's sum begins with: code 0, less the zero point, and not the code of real 0.
    /// </summary>
    internal int First => -InputZeroPoint;

    /// <summary>The code of a sum, which wraps around in the reference's 32 bits.</summary>
    /// <param name="sum"><see cref="First"/> and all codes less their zero point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal sbyte Code<TRounding>(int sum)
        where TRounding : struct, IFixedPointRounding => (sbyte)Math.Clamp(
            (long)TRounding.Multiply(unchecked(sum << LeftShift), multiplier, shift) + outputZeroPoint,
            sbyte.MinValue, sbyte.MaxValue);
}

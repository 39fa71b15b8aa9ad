using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// A factor of codes less their zero points, of 17 bits: one above 1 shifts them to the left first, as both roundings
/// do. With AVX2 or AdvSimd.
/// </summary>
/// <param name="multiplier">Q0.31, not negative.</param>
/// <param name="shift">One that <see cref="Takes"/>.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct ShiftedFactor<TRounding>(int multiplier, int shift)
    where TRounding : struct, IFixedPointRounding
{
    /// <summary>How far so many bits can be shifted within 30.</summary>
    private const int MaxLeftShift = 12;

    private const int MaxZeroPoint = 1 << 15;

    private readonly FixedPointVectors<TRounding> _factor = new(multiplier, Math.Min(shift, 0));
    private readonly int _left = Math.Max(shift, 0);

    /// <summary>Whether the products below are of use for codes of 16 bits with that zero point.</summary>
    public static bool Takes(int shift, int zeroPoint) =>
        shift <= MaxLeftShift && FixedPointVectors<TRounding>.Takes(Math.Min(shift, 0))
        && zeroPoint is >= -MaxZeroPoint and <= MaxZeroPoint;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Multiply(Vector256<int> x) => _factor.Multiply(x << _left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Multiply(Vector128<int> x) => _factor.Multiply(x << _left);
}

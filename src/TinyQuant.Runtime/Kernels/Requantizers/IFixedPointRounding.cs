using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>How a product of an int32 and a Q0.31 multiplier is rounded; a kernel is generic over it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFixedPointRounding
{
    /// <summary><c>value · multiplier · 2^(shift − 31)</c>, rounded.</summary>
    /// <param name="value">Any int32; a left shift of it wraps.</param>
    /// <param name="multiplier">Q0.31, not negative.</param>
    /// <param name="shift">In [-31, 30]; negative shifts right.</param>
    static abstract int Multiply(int value, int multiplier, int shift);
}

/// <summary>gemmlowp's two roundings: TensorFlow Lite Micro's default.</summary>
/// <remarks>
/// <c>MultiplyByQuantizedMultiplier</c> of <c>tensorflow/lite/kernels/internal/common.cc</c> without
/// <c>TFLITE_SINGLE_ROUNDING</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DoubleRounding : IFixedPointRounding
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Multiply(int value, int multiplier, int shift) => FixedPoint.RoundingDivideByPowerOfTwo(
        FixedPoint.SaturatingRoundingDoublingHighMultiply(value << Math.Max(shift, 0), multiplier), Math.Max(-shift, 0));
}

/// <summary>One 64-bit product rounded once, halves up: <c>TFLITE_SINGLE_ROUNDING</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SingleRounding : IFixedPointRounding
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Multiply(int value, int multiplier, int shift) =>
        (int)(((long)value * multiplier + (1L << (30 - shift))) >> (31 - shift));
}

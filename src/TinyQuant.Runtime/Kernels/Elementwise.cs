using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <summary>
/// Element-wise operations on two operands whose elements need no scales: float32 sums, differences, products and
/// quotients, the larger or smaller of two elements of any type, and truth values.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Elementwise
{
    /// <summary>float32: <c>clamp(left + right)</c>.</summary>
    /// <param name="left">Real values.</param>
    /// <param name="right">Real values.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="output">Real values; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry,
        float min,
        float max, Span<float> output) =>
        Broadcast.Run<float, Bounds, Kernel<float, Sum>>(left, right, geometry, new(min, max), output);

    /// <summary>float32: <c>clamp(left − right)</c>.</summary>
    /// <inheritdoc cref="Add"/>
    public static void Sub(ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry,
        float min,
        float max, Span<float> output) =>
        Broadcast.Run<float, Bounds, Kernel<float, Difference>>(left, right, geometry, new(min, max), output);

    /// <summary>float32: <c>clamp(left · right)</c>.</summary>
    /// <inheritdoc cref="Add"/>
    public static void Mul(ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry,
        float min,
        float max, Span<float> output) =>
        Broadcast.Run<float, Bounds, Kernel<float, Product>>(left, right, geometry, new(min, max), output);

    /// <summary>float32: <c>clamp(left / right)</c>; of division by 0 what the clamp leaves of it.</summary>
    /// <inheritdoc cref="Add"/>
    public static void Div(ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry,
        float min,
        float max, Span<float> output) =>
        Broadcast.Run<float, Bounds, Kernel<float, Quotient>>(left, right, geometry, new(min, max), output);

    /// <summary><c>(left − right)²</c>, TensorFlow Lite's SQUARED_DIFFERENCE; int32 wraps around.</summary>
    /// <remarks><c>tensorflow/lite/micro/kernels/squared_difference.cc</c>.</remarks>
    /// <param name="left">Real values or int32.</param>
    /// <param name="right">Real values or int32.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="output">As the operands; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void SquaredDifference<T>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, in BroadcastGeometry geometry, Span<T> output)
        where T : unmanaged, INumber<T> =>
            Broadcast.Run<T, Bounds, Kernel<T, DifferenceSquared>>(left, right, geometry, default, output);

    /// <summary>The larger of two elements, TensorFlow Lite's MAXIMUM; of codes of one scale and zero point.</summary>
    /// <param name="left">Codes or real values.</param>
    /// <param name="right">Codes or real values.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="output">Codes or real values; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Maximum<T>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, in BroadcastGeometry geometry, Span<T> output)
        where T : unmanaged, INumber<T> =>
            Broadcast.Run<T, Bounds, Kernel<T, Larger>>(left, right, geometry, default, output);

    /// <summary>The smaller of two elements, TensorFlow Lite's MINIMUM; of codes of one scale and zero point.</summary>
    /// <inheritdoc cref="Maximum"/>
    public static void Minimum<T>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, in BroadcastGeometry geometry, Span<T> output)
        where T : unmanaged, INumber<T> =>
            Broadcast.Run<T, Bounds, Kernel<T, Smaller>>(left, right, geometry, default, output);
}

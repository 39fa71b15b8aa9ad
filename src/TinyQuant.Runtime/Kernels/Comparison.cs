using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <summary>Element-wise comparisons of two operands, TensorFlow Lite's EQUAL, LESS and their like.</summary>
/// <remarks><c>tensorflow/lite/kernels/internal/reference/comparisons.h</c>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Comparison
{
    /// <summary>Of numbers as they are.</summary>
    /// <param name="left">Real values or integers.</param>
    /// <param name="right">Real values or integers.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="output">Whether the comparison holds.</param>
    /// <typeparam name="T">float, int or long.</typeparam>
    /// <typeparam name="TComparison">The comparison.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run<T, TComparison>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, in BroadcastGeometry geometry, Span<bool> output)
        where T : unmanaged, INumber<T>
        where TComparison : struct, IComparison =>
        Broadcast.Run<T, T, bool, NoConstants, ComparisonKernel<T, TComparison>>(
            left, right, geometry, default, output);

    /// <summary>Of truth values.</summary>
    /// <param name="left">Truth values.</param>
    /// <param name="right">Truth values.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="output">Whether the comparison holds; may be an operand of the same shape.</param>
    /// <typeparam name="TComparison">The comparison.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Bool<TComparison>(
        ReadOnlySpan<bool> left, ReadOnlySpan<bool> right, in BroadcastGeometry geometry, Span<bool> output)
        where TComparison : struct, IComparison => Run<byte, TComparison>(
            MemoryMarshal.AsBytes(left), MemoryMarshal.AsBytes(right), geometry, output);

    /// <summary>
    /// Of int8 codes, each less its zero point and times 256 brought to 1/256 of a real unit: codes that are closer
    /// count as equal.
    /// </summary>
    /// <param name="left">int8 codes.</param>
    /// <param name="right">int8 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Zero points and multipliers.</param>
    /// <param name="output">Whether the comparison holds.</param>
    /// <typeparam name="TComparison">The comparison.</typeparam>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TComparison, TRounding>(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in BroadcastGeometry geometry,
        in ComparisonConstants constants, Span<bool> output)
        where TComparison : struct, IComparison
        where TRounding : struct, IFixedPointRounding =>
        Broadcast.Run<sbyte, sbyte, bool, ComparisonConstants, ScaledComparisonKernel<TComparison, TRounding>>(
            left, right, geometry, constants, output);
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <content>Truth values, which are bytes of 0 and 1: the smaller of two is AND, the larger OR.</content>
public static partial class Elementwise
{
    /// <summary>Whether both are true, TensorFlow Lite's LOGICAL_AND.</summary>
    /// <param name="left">Truth values.</param>
    /// <param name="right">Truth values.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="output">Truth values; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void LogicalAnd(
        ReadOnlySpan<bool> left, ReadOnlySpan<bool> right, in BroadcastGeometry geometry, Span<bool> output) =>
        Broadcast.Run<byte, Bounds, Kernel<byte, Smaller>>(
            MemoryMarshal.AsBytes(left), MemoryMarshal.AsBytes(right), geometry, default,
            MemoryMarshal.AsBytes(output));

    /// <summary>Whether one of them is true, or both are, TensorFlow Lite's LOGICAL_OR.</summary>
    /// <inheritdoc cref="LogicalAnd"/>
    public static void LogicalOr(
        ReadOnlySpan<bool> left, ReadOnlySpan<bool> right, in BroadcastGeometry geometry, Span<bool> output) =>
        Broadcast.Run<byte, Bounds, Kernel<byte, Larger>>(
            MemoryMarshal.AsBytes(left), MemoryMarshal.AsBytes(right), geometry, default,
            MemoryMarshal.AsBytes(output));

    /// <summary>Whether it is not true, TensorFlow Lite's LOGICAL_NOT.</summary>
    /// <param name="input">Truth values.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void LogicalNot(ReadOnlySpan<bool> input, Span<bool> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        ref byte source = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(input));
        ref byte target = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(output));
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= input.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            {
                Vector128<byte> isFalse = Vector128.Equals(
                    Vector128.LoadUnsafe(ref source, (nuint)i), Vector128<byte>.Zero);
                (isFalse & Vector128<byte>.One).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < input.Length; i++)
        {
            output[i] = !input[i];
        }
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <content>int32 sums, differences and products: integers without a scale, which wrap around.</content>
public static partial class Elementwise
{
    /// <summary>int32: <c>clamp(left + right)</c>.</summary>
    /// <param name="left">Any integers.</param>
    /// <param name="right">Any integers.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="output">Integers; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void AddInt32(
        ReadOnlySpan<int> left, ReadOnlySpan<int> right, in BroadcastGeometry geometry, int min, int max,
        Span<int> output) =>
        Broadcast.Run<int, IntegerBounds, IntegerKernel<Sum>>(left, right, geometry, new(min, max), output);

    /// <summary>int32: <c>clamp(left − right)</c>.</summary>
    /// <inheritdoc cref="AddInt32"/>
    public static void SubInt32(
        ReadOnlySpan<int> left, ReadOnlySpan<int> right, in BroadcastGeometry geometry, int min, int max,
        Span<int> output) =>
        Broadcast.Run<int, IntegerBounds, IntegerKernel<Difference>>(left, right, geometry, new(min, max), output);

    /// <summary>int32: <c>clamp(left · right)</c>.</summary>
    /// <inheritdoc cref="AddInt32"/>
    public static void MulInt32(
        ReadOnlySpan<int> left, ReadOnlySpan<int> right, in BroadcastGeometry geometry, int min, int max,
        Span<int> output) =>
        Broadcast.Run<int, IntegerBounds, IntegerKernel<Product>>(left, right, geometry, new(min, max), output);

    private readonly struct IntegerBounds(int min, int max)
    {
        public int Min { get; } = min;

        public int Max { get; } = max;
    }

    private readonly struct IntegerKernel<TOperation> : IBinaryKernel<int, IntegerBounds>
        where TOperation : struct, IOperation
    {
        public static void Run(
            ReadOnlySpan<int> left, ReadOnlySpan<int> right, in IntegerBounds bounds, Span<int> output)
        {
            bool isOneLeft = left.Length == 1;
            bool isOneRight = right.Length == 1;
            int i = 0;
            if (Vector128.IsHardwareAccelerated)
            {
                ref int a = ref MemoryMarshal.GetReference(left);
                ref int b = ref MemoryMarshal.GetReference(right);
                Vector128<int> min = Vector128.Create(bounds.Min), max = Vector128.Create(bounds.Max);
                for (; i <= output.Length - 4; i += 4)
                {
                    Vector128<int> result = TOperation.Of(
                        isOneLeft ? Vector128.Create(a) : Vector128.LoadUnsafe(ref a, (nuint)i),
                        isOneRight ? Vector128.Create(b) : Vector128.LoadUnsafe(ref b, (nuint)i));
                    Vector128.Min(Vector128.Max(result, min), max)
                        .StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)i);
                }
            }

            for (; i < output.Length; i++)
            {
                int result = TOperation.Of(left[isOneLeft ? 0 : i], right[isOneRight ? 0 : i]);
                output[i] = Math.Min(Math.Max(result, bounds.Min), bounds.Max);
            }
        }
    }
}

using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels;

/// <summary>
/// Element-wise operations on two operands whose elements need no scales: float32 sums, differences and products, and the
/// larger or smaller of two elements of any type.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Elementwise
{
    /// <summary>float32: <c>clamp(left + right)</c>.</summary>
    /// <param name="left">Real values.</param>
    /// <param name="right">Real values.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="min">The activation's least value; negative infinity for none.</param>
    /// <param name="max">The activation's greatest value; positive infinity for none.</param>
    /// <param name="output">Real values; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry, float min, float max, Span<float> output) =>
        Run<Sum>(left, right, geometry, min, max, output);

    /// <summary>float32: <c>clamp(left − right)</c>.</summary>
    /// <inheritdoc cref="Add"/>
    public static void Sub(ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry, float min, float max, Span<float> output) =>
        Run<Difference>(left, right, geometry, min, max, output);

    /// <summary>float32: <c>clamp(left · right)</c>.</summary>
    /// <inheritdoc cref="Add"/>
    public static void Mul(ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry, float min, float max, Span<float> output) =>
        Run<Product>(left, right, geometry, min, max, output);

    /// <summary>The larger of two elements, TensorFlow Lite's MAXIMUM; of codes of one scale and zero point.</summary>
    /// <param name="left">Codes or real values.</param>
    /// <param name="right">Codes or real values.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="output">Codes or real values; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Maximum<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, in BroadcastGeometry geometry, Span<T> output)
        where T : unmanaged, INumber<T> => Broadcast.Run<T, None, Kernel<T, Larger>>(left, right, geometry, default, output);

    /// <summary>The smaller of two elements, TensorFlow Lite's MINIMUM; of codes of one scale and zero point.</summary>
    /// <inheritdoc cref="Maximum"/>
    public static void Minimum<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, in BroadcastGeometry geometry, Span<T> output)
        where T : unmanaged, INumber<T> => Broadcast.Run<T, None, Kernel<T, Smaller>>(left, right, geometry, default, output);

    private static void Run<TOperation>(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry, float min, float max, Span<float> output)
        where TOperation : struct, IOperation
    {
        Broadcast.Run<float, None, Kernel<float, TOperation>>(left, right, geometry, default, output);
        ActivationClamp.Run(output, min, max);
    }

    private interface IOperation
    {
        static abstract T Of<T>(T left, T right)
            where T : INumber<T>;

        static abstract Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right);

        static abstract Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right);
    }

    private readonly struct None;

    private readonly struct Sum : IOperation
    {
        public static T Of<T>(T left, T right)
            where T : INumber<T> => left + right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) => left + right;

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) => left + right;
    }

    private readonly struct Difference : IOperation
    {
        public static T Of<T>(T left, T right)
            where T : INumber<T> => left - right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) => left - right;

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) => left - right;
    }

    private readonly struct Product : IOperation
    {
        public static T Of<T>(T left, T right)
            where T : INumber<T> => left * right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) => left * right;

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) => left * right;
    }

    // The second operand where one is not a number, as in TensorFlow Lite; the vectors' own Max answers otherwise.
    private readonly struct Larger : IOperation
    {
        public static T Of<T>(T left, T right)
            where T : INumber<T> => left > right ? left : right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(left, right), left, right);

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) =>
            Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), left, right);
    }

    private readonly struct Smaller : IOperation
    {
        public static T Of<T>(T left, T right)
            where T : INumber<T> => left < right ? left : right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) =>
            Vector256.ConditionalSelect(Vector256.LessThan(left, right), left, right);

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) =>
            Vector128.ConditionalSelect(Vector128.LessThan(left, right), left, right);
    }

    private readonly struct Kernel<T, TOperation> : IBinaryKernel<T, None>
        where T : unmanaged, INumber<T>
        where TOperation : struct, IOperation
    {
        public static void Run(ReadOnlySpan<T> left, ReadOnlySpan<T> right, in None constants, Span<T> output)
        {
            ref T target = ref MemoryMarshal.GetReference(output);
            int i = 0;
            if (Vector256.IsHardwareAccelerated)
            {
                for (; i <= output.Length - Vector256<T>.Count; i += Vector256<T>.Count)
                {
                    TOperation.Of(Load256(left, i), Load256(right, i)).StoreUnsafe(ref target, (nuint)i);
                }
            }
            else if (Vector128.IsHardwareAccelerated)
            {
                for (; i <= output.Length - Vector128<T>.Count; i += Vector128<T>.Count)
                {
                    TOperation.Of(Load128(left, i), Load128(right, i)).StoreUnsafe(ref target, (nuint)i);
                }
            }

            int leftStep = left.Length == 1 ? 0 : 1;
            int rightStep = right.Length == 1 ? 0 : 1;
            for (; i < output.Length; i++)
            {
                output[i] = TOperation.Of(left[i * leftStep], right[i * rightStep]);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<T> Load256(ReadOnlySpan<T> operand, int i) => operand.Length == 1
            ? Vector256.Create(operand[0])
            : Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(operand), (nuint)i);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<T> Load128(ReadOnlySpan<T> operand, int i) => operand.Length == 1
            ? Vector128.Create(operand[0])
            : Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(operand), (nuint)i);
    }
}

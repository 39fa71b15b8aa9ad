using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <content>The loop over a run of elements, and what it computes.</content>
public static partial class Elementwise
{
    private interface IOperation
    {
        /// <summary>Whether the result is clamped; only float32 is.</summary>
        static abstract bool IsClamped { get; }

        static abstract T Of<T>(T left, T right)
            where T : INumber<T>;

        static abstract Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right);

        static abstract Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right);
    }

    /// <summary>The least and the greatest value of a result that is clamped.</summary>
    private readonly struct Bounds(float min, float max)
    {
        public float Min { get; } = min;

        public float Max { get; } = max;
    }

    private readonly struct Sum : IOperation
    {
        public static bool IsClamped => true;

        public static T Of<T>(T left, T right)
            where T : INumber<T> => left + right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) => left + right;

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) => left + right;
    }

    private readonly struct Difference : IOperation
    {
        public static bool IsClamped => true;

        public static T Of<T>(T left, T right)
            where T : INumber<T> => left - right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) => left - right;

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) => left - right;
    }

    private readonly struct Quotient : IOperation
    {
        public static bool IsClamped => true;

        public static T Of<T>(T left, T right)
            where T : INumber<T> => left / right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) => left / right;

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) => left / right;
    }

    private readonly struct DifferenceSquared : IOperation
    {
        public static bool IsClamped => false;

        public static T Of<T>(T left, T right)
            where T : INumber<T> => unchecked((left - right) * (left - right));

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) => (left - right) * (left - right);

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) => (left - right) * (left - right);
    }

    private readonly struct Product : IOperation
    {
        public static bool IsClamped => true;

        public static T Of<T>(T left, T right)
            where T : INumber<T> => left * right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) => left * right;

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) => left * right;
    }

    // The second operand where one is not a number, as in TensorFlow Lite; the vectors' own Max answers otherwise.
    private readonly struct Larger : IOperation
    {
        public static bool IsClamped => false;

        public static T Of<T>(T left, T right)
            where T : INumber<T> => left > right ? left : right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(left, right), left, right);

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) =>
            Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), left, right);
    }

    private readonly struct Smaller : IOperation
    {
        public static bool IsClamped => false;

        public static T Of<T>(T left, T right)
            where T : INumber<T> => left < right ? left : right;

        public static Vector256<T> Of<T>(Vector256<T> left, Vector256<T> right) =>
            Vector256.ConditionalSelect(Vector256.LessThan(left, right), left, right);

        public static Vector128<T> Of<T>(Vector128<T> left, Vector128<T> right) =>
            Vector128.ConditionalSelect(Vector128.LessThan(left, right), left, right);
    }

    private readonly struct Kernel<T, TOperation> : IBinaryKernel<T, Bounds>
        where T : unmanaged, INumber<T>
        where TOperation : struct, IOperation
    {
        public static void Run(ReadOnlySpan<T> left, ReadOnlySpan<T> right, in Bounds bounds, Span<T> output)
        {
            // A loop for each form of the operands: to ask within the loop takes longer than the operation.
            int i = (left.Length == 1, right.Length == 1) switch
            {
                (false, false) => Vectors<Each, Each>(left, right, bounds, output),
                (false, true) => Vectors<Each, One>(left, right, bounds, output),
                (true, false) => Vectors<One, Each>(left, right, bounds, output),
                _ => Vectors<One, One>(left, right, bounds, output),
            };
            int leftStep = left.Length == 1 ? 0 : 1;
            int rightStep = right.Length == 1 ? 0 : 1;
            for (; i < output.Length; i++)
            {
                T result = TOperation.Of(left[i * leftStep], right[i * rightStep]);
                output[i] = TOperation.IsClamped ? Clamped(result, bounds) : result;
            }
        }

        /// <summary>As far as whole vectors go; returns where they end.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Vectors<TLeft, TRight>(
            ReadOnlySpan<T> left, ReadOnlySpan<T> right, in Bounds bounds, Span<T> output)
            where TLeft : struct, IOperand
            where TRight : struct, IOperand
        {
            ref T a = ref MemoryMarshal.GetReference(left);
            ref T b = ref MemoryMarshal.GetReference(right);
            ref T target = ref MemoryMarshal.GetReference(output);
            int i = 0;
            if (Vector256.IsHardwareAccelerated)
            {
                Vector256<float> min = Vector256.Create(bounds.Min), max = Vector256.Create(bounds.Max);
                for (; i <= output.Length - Vector256<T>.Count; i += Vector256<T>.Count)
                {
                    Vector256<T> result = TOperation.Of(TLeft.Load256(ref a, i), TRight.Load256(ref b, i));
                    (TOperation.IsClamped ? ActivationClamp.Of(result.AsSingle(), min, max).As<float, T>() : result)
                        .StoreUnsafe(ref target, (nuint)i);
                }
            }
            else if (Vector128.IsHardwareAccelerated)
            {
                Vector128<float> min = Vector128.Create(bounds.Min), max = Vector128.Create(bounds.Max);
                for (; i <= output.Length - Vector128<T>.Count; i += Vector128<T>.Count)
                {
                    Vector128<T> result = TOperation.Of(TLeft.Load128(ref a, i), TRight.Load128(ref b, i));
                    (TOperation.IsClamped ? ActivationClamp.Of(result.AsSingle(), min, max).As<float, T>() : result)
                        .StoreUnsafe(ref target, (nuint)i);
                }
            }

            return i;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Clamped(T result, in Bounds bounds)
        {
            float clamped = ActivationClamp.Of(Unsafe.BitCast<T, float>(result), bounds.Min, bounds.Max);
            return Unsafe.BitCast<float, T>(clamped);
        }
    }
}

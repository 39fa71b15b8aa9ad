using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels;

public static partial class FullyConnected
{
    /// <summary>How sums of codes become reals: a type, so that a program has the form alone that it uses.</summary>
    private interface IHybridScales
    {
        /// <summary>The outputs from <paramref name="first"/> on, as many as there are sums.</summary>
        static abstract void Scale(
            ReadOnlySpan<int> sums, float scale, ReadOnlySpan<float> weightScales, int first,
            ReadOnlySpan<float> bias, Span<float> output);
    }

    /// <summary>One scale of all weights.</summary>
    private readonly struct OneScale : IHybridScales
    {
        // The last vector overlaps the one before it: the same values are written again.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Scale(
            ReadOnlySpan<int> sums, float scale, ReadOnlySpan<float> weightScales, int first,
            ReadOnlySpan<float> bias, Span<float> output)
        {
            float factor = scale * weightScales[0];
            ref int source = ref MemoryMarshal.GetReference(sums);
            ref float biases = ref MemoryMarshal.GetReference(bias);
            ref float target = ref MemoryMarshal.GetReference(output);
            nint last = sums.Length - Vector128<int>.Count;
            if (Vector128.IsHardwareAccelerated && last >= 0)
            {
                for (nint i = 0; i < last; i += Vector128<int>.Count)
                {
                    Scaled(ref source, factor, ref biases, i).StoreUnsafe(ref target, (nuint)i);
                }

                Scaled(ref source, factor, ref biases, last).StoreUnsafe(ref target, (nuint)last);
                return;
            }

            for (int i = 0; i < output.Length; i++)
            {
                float product = Unsafe.Add(ref source, i) * factor;
                output[i] = Unsafe.Add(ref biases, i) + product;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<float> Scaled(ref int sums, float scale, ref float bias, nint i)
        {
            Vector128<float> product = Vector128.ConvertToSingle(Vector128.LoadUnsafe(ref sums, (nuint)i)) * scale;
            return Vector128.LoadUnsafe(ref bias, (nuint)i) + product;
        }
    }

    /// <summary>A scale for each output: the product of the scales comes first.</summary>
    private readonly struct ChannelScales : IHybridScales
    {
        public static void Scale(
            ReadOnlySpan<int> sums, float scale, ReadOnlySpan<float> weightScales, int first,
            ReadOnlySpan<float> bias, Span<float> output)
        {
            ReadOnlySpan<float> scales = weightScales.Slice(first, sums.Length);
            int i = 0;
            if (Vector128.IsHardwareAccelerated)
            {
                for (; i <= sums.Length - Vector128<float>.Count; i += Vector128<float>.Count)
                {
                    Vector128<float> product = Vector128.ConvertToSingle(Vector128.Create(sums[i..]))
                        * (Vector128.Create(scales[i..]) * scale);
                    (Vector128.Create(bias[i..]) + product).CopyTo(output[i..]);
                }
            }

            for (; i < sums.Length; i++)
            {
                float factor = scale * scales[i];
                float product = sums[i] * factor;
                output[i] = bias[i] + product;
            }
        }
    }
}

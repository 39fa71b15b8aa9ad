using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Signal;

namespace TinyQuant.Kernels;

/// <summary>The sums of frames that overlap: TFLM's SignalOverlapAdd.</summary>
/// <remarks><c>signal/src/overlap_add.cc</c> of TensorFlow Lite Micro.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalOverlapAdd
{
    /// <summary>int16; each sum saturates.</summary>
    /// <param name="input">[rows, frames, size].</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="frames">Of a row; 1 or more.</param>
    /// <param name="state">[rows, size]: the sums that more frames come to.</param>
    /// <param name="output">[rows, frames · step], where the step is at most the size.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int16(
        ReadOnlySpan<short> input, int rows, int frames, Span<short> state, Span<short> output) =>
        Run<short, Saturating>(input, rows, frames, state, output);

    /// <summary>float32.</summary>
    /// <inheritdoc cref="Int16"/>
    public static void Float32(
        ReadOnlySpan<float> input, int rows, int frames, Span<float> state, Span<float> output) =>
        Run<float, Plain>(input, rows, frames, state, output);

    private interface ISum<T>
        where T : unmanaged
    {
        static abstract T Of(T a, T b);

        static abstract Vector128<T> Of(Vector128<T> a, Vector128<T> b);
    }

    private readonly struct Saturating : ISum<short>
    {
        public static short Of(short a, short b) => (short)Math.Clamp(a + b, short.MinValue, short.MaxValue);

        public static Vector128<short> Of(Vector128<short> a, Vector128<short> b) => Vector128.AddSaturate(a, b);
    }

    private readonly struct Plain : ISum<float>
    {
        public static float Of(float a, float b) => a + b;

        public static Vector128<float> Of(Vector128<float> a, Vector128<float> b) => a + b;
    }

    private static void Run<T, TSum>(ReadOnlySpan<T> input, int rows, int frames, Span<T> state, Span<T> output)
        where T : unmanaged
        where TSum : struct, ISum<T>
    {
        SpanChecks.AtLeast(frames, 1, nameof(frames), nameof(input));
        int size = SignalRows.LengthOf(state.Length, rows, nameof(state));
        int length = SignalRows.LengthOf(output.Length, rows, nameof(output));
        int step = SignalRows.LengthOf(length, frames, nameof(output));
        SpanChecks.AtLeast(size, step, nameof(state), "step");
        SpanChecks.Equal(input.Length, SpanChecks.Product(rows, frames, size), nameof(input), nameof(state));
        for (int row = 0; row < rows; row++)
        {
            Span<T> sums = state.Slice(row * size, size);
            for (int frame = 0; frame < frames; frame++)
            {
                ReadOnlySpan<T> samples = input.Slice(((row * frames) + frame) * size, size);
                Add<T, TSum>(sums, samples);
                sums[..step].CopyTo(output.Slice((row * length) + (frame * step), step));
                sums[step..].CopyTo(sums);
                sums[(size - step)..].Clear();
            }
        }
    }

    private static void Add<T, TSum>(Span<T> sums, ReadOnlySpan<T> samples)
        where T : unmanaged
        where TSum : struct, ISum<T>
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref T sum = ref MemoryMarshal.GetReference(sums);
            ref T sample = ref MemoryMarshal.GetReference(samples);
            for (; i <= Math.Min(sums.Length, samples.Length) - Vector128<T>.Count; i += Vector128<T>.Count)
            {
                TSum.Of(Vector128.LoadUnsafe(ref sum, (nuint)i), Vector128.LoadUnsafe(ref sample, (nuint)i))
                    .StoreUnsafe(ref sum, (nuint)i);
            }
        }

        for (; i < sums.Length; i++)
        {
            sums[i] = TSum.Of(sums[i], samples[i]);
        }
    }
}

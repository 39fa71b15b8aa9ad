using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

public static partial class Reduction
{
    /// <summary>The greatest element; NaN never is, and nothing is below the type's least finite value.</summary>
    /// <remarks>
    /// <c>ReduceGeneric</c> of <c>tensorflow/lite/kernels/internal/reference/reduce.h</c>, which begins with that
    /// value.
    /// </remarks>
    /// <param name="input">int8 codes or real values.</param>
    /// <param name="kept">A place in the input for each element of the output.</param>
    /// <param name="reduced">Distances from it to the elements that are compared.</param>
    /// <param name="output">As the input; apart from it.</param>
    /// <typeparam name="T">sbyte or float.</typeparam>
    /// <exception cref="ArgumentException">The views do not lie inside of the input, or do not have the output's
    /// length.</exception>
    public static void Greatest<T>(
        ReadOnlySpan<T> input, scoped in StridedView kept, scoped in StridedView reduced, Span<T> output)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
            Extremes(input, kept, reduced, T.MinValue, isGreatest: true, output);

    /// <summary>The least element; NaN never is, and nothing is above the type's greatest finite value.</summary>
    /// <inheritdoc cref="Greatest"/>
    public static void Least<T>(
        ReadOnlySpan<T> input, scoped in StridedView kept, scoped in StridedView reduced, Span<T> output)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
            Extremes(input, kept, reduced, T.MaxValue, isGreatest: false, output);

    /// <summary>Whether all elements are true, TensorFlow Lite's REDUCE_ALL.</summary>
    /// <param name="input">Truth values, which are bytes of 0 and 1: the least of them is the answer.</param>
    /// <param name="kept">A place in the input for each element of the output.</param>
    /// <param name="reduced">Distances from it to the elements that are looked at.</param>
    /// <param name="output">Truth values; apart from the input.</param>
    /// <exception cref="ArgumentException">The views do not lie inside of the input, or do not have the output's
    /// length.</exception>
    public static void All(
        ReadOnlySpan<bool> input, scoped in StridedView kept, scoped in StridedView reduced, Span<bool> output) =>
        Least(MemoryMarshal.AsBytes(input), kept, reduced, MemoryMarshal.AsBytes(output));

    private static void Extremes<T>(
        ReadOnlySpan<T> input, scoped in StridedView kept, scoped in StridedView reduced, T worst, bool isGreatest,
        Span<T> output)
        where T : unmanaged, INumber<T>
    {
        Check(input.Length, kept, reduced, output.Length);
        int run = kept.RunStride == 1 ? kept.Run : 1;
        int count = reduced.Count;
        StridedWalk places = new(kept.RunStride == 1 ? kept.Runs : kept);
        for (int to = 0; to < output.Length; to += run)
        {
            Span<T> best = output.Slice(to, run);
            best.Fill(worst);
            StridedWalk walk = new(reduced);
            for (int i = 0; i < count; i++)
            {
                Better(input.Slice(places.At + walk.At, run), isGreatest, best);
                walk.Next();
            }

            places.Next();
        }
    }

    /// <summary>Puts what is better in the place of what was best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Better<T>(ReadOnlySpan<T> values, bool isGreatest, Span<T> best)
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref T source = ref MemoryMarshal.GetReference(values);
            ref T target = ref MemoryMarshal.GetReference(best);
            for (; i <= values.Length - Vector128<T>.Count; i += Vector128<T>.Count)
            {
                Vector128<T> value = Vector128.LoadUnsafe(ref source, (nuint)i);
                Vector128<T> old = Vector128.LoadUnsafe(ref target, (nuint)i);
                Vector128<T> isBetter = isGreatest ? Vector128.GreaterThan(value, old) : Vector128.LessThan(value, old);
                Vector128.ConditionalSelect(isBetter, value, old).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < values.Length; i++)
        {
            if (isGreatest ? values[i] > best[i] : values[i] < best[i])
            {
                best[i] = values[i];
            }
        }
    }
}

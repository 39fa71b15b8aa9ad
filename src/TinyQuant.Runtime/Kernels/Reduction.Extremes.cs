using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Rows;

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
        if (TurnedRows.Takes<T>(kept, reduced))
        {
            ExtremesOfTurned(input, kept, reduced, worst, isGreatest, output);
            return;
        }

        int run = kept.RunStride == 1 ? kept.Run : 1;
        int count = reduced.Count;
        StridedWalk places = new(kept.RunStride == 1 ? kept.Runs : kept);
        if (run == 1 && reduced.RunStride == 1 && typeof(T) != typeof(float))
        {
            // of reals the first one of equal zeros counts, whatever its sign: in any order it would not
            ExtremesOfRows(input, places, reduced, worst, isGreatest, output);
            return;
        }

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

    /// <summary>The same of many short rows, which are turned; in order, so that it is the same of reals.</summary>
    private static void ExtremesOfTurned<T>(
        ReadOnlySpan<T> input, scoped in StridedView kept, scoped in StridedView reduced, T worst, bool isGreatest,
        Span<T> output)
        where T : unmanaged, INumber<T>
    {
        output.Fill(worst);
        StridedWalk places = new(kept.Runs);
        for (int to = 0; to < output.Length; to += kept.Run)
        {
            for (int first = 0; first < kept.Run; first += TurnedRows.Lanes)
            {
                Span<T> best = output.Slice(to + first, Math.Min(TurnedRows.Lanes, kept.Run - first));
                int at = places.At + (first * kept.RunStride);
                if (isGreatest)
                {
                    TurnedRows.Run<T, T, GreatestOfRows<T>>(input, at, kept.RunStride, reduced, best);
                }
                else
                {
                    TurnedRows.Run<T, T, LeastOfRows<T>>(input, at, kept.RunStride, reduced, best);
                }
            }

            places.Next();
        }
    }

    private readonly struct GreatestOfRows<T> : IRowStep<T, T>
        where T : unmanaged, INumber<T>
    {
        public static void Add(ReadOnlySpan<T> block, Span<T> results)
        {
            for (int i = 0; i < block.Length; i += results.Length)
            {
                Better(block.Slice(i, results.Length), isGreatest: true, results);
            }
        }
    }

    private readonly struct LeastOfRows<T> : IRowStep<T, T>
        where T : unmanaged, INumber<T>
    {
        public static void Add(ReadOnlySpan<T> block, Span<T> results)
        {
            for (int i = 0; i < block.Length; i += results.Length)
            {
                Better(block.Slice(i, results.Length), isGreatest: false, results);
            }
        }
    }

    /// <summary>The same where elements that are compared follow one another.</summary>
    private static void ExtremesOfRows<T>(
        ReadOnlySpan<T> input, StridedWalk places, scoped in StridedView reduced, T worst, bool isGreatest,
        Span<T> output)
        where T : unmanaged, INumber<T>
    {
        int count = reduced.Count / reduced.Run;
        foreach (ref T best in output)
        {
            best = worst;
            StridedWalk walk = new(reduced.Runs);
            for (int i = 0; i < count; i++)
            {
                best = BestOf(input.Slice(places.At + walk.At, reduced.Run), isGreatest, best);
                walk.Next();
            }

            places.Next();
        }
    }

    private static T BestOf<T>(ReadOnlySpan<T> values, bool isGreatest, T best)
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated && values.Length >= Vector128<T>.Count)
        {
            ref T source = ref MemoryMarshal.GetReference(values);
            Vector128<T> bests = Vector128.Create(best);
            for (; i <= values.Length - Vector128<T>.Count; i += Vector128<T>.Count)
            {
                Vector128<T> value = Vector128.LoadUnsafe(ref source, (nuint)i);
                bests = isGreatest ? Vector128.Max(bests, value) : Vector128.Min(bests, value);
            }

            for (int half = Vector128<T>.Count / 2; half > 0; half /= 2)
            {
                Vector128<T> upper = Upper(bests, half);
                bests = isGreatest ? Vector128.Max(bests, upper) : Vector128.Min(bests, upper);
            }

            best = bests.ToScalar();
        }

        for (; i < values.Length; i++)
        {
            best = isGreatest ? T.Max(best, values[i]) : T.Min(best, values[i]);
        }

        return best;
    }

    /// <summary>What lies so many elements further up, at the beginning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Upper<T>(Vector128<T> values, int elements) => (elements * Unsafe.SizeOf<T>()) switch
    {
        8 => Vector128.Shuffle(values.AsInt64(), Vector128.Create(1L, 1)).As<long, T>(),
        4 => Vector128.Shuffle(values.AsInt32(), Vector128.Create(1, 1, 1, 1)).As<int, T>(),
        2 => (values.AsUInt32() >> 16).As<uint, T>(),
        _ => (values.AsUInt16() >> 8).As<ushort, T>(),
    };

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

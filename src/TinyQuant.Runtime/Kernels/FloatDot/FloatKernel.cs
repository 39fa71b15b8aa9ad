using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels.FloatDot;

/// <summary>
/// Dot products of one input with rows of weights, in blocks of 4, 2 and 1 rows; plus the bias, clamped.
/// </summary>
/// <remarks>
/// Every block keeps eight sums going: an addition takes four cycles, and two start in each. A row has two or more of
/// them: with one, eight rows would share each load of the input, but its longer chain of additions rounds so often
/// that the last bits stray farther from the exact sum than a reference's tolerance allows.
/// </remarks>
internal static class FloatKernel<TUnit, TVector>
    where TUnit : struct, IFloatUnit<TVector>
    where TVector : struct
{
    public static void Run(
        ref float x, nint depth, ref float w, ref float bias, float min, float max, ref float y, nint rows)
    {
        nint row = 0;
        // A narrow vector makes for a long chain: fewer rows then, with more sums for each.
        for (; TUnit.Width >= 8 && row <= rows - 4; row += 4)
        {
            FourRows(
                ref x, depth, ref Unsafe.Add(ref w, row * depth), ref Unsafe.Add(ref bias, row), min, max,
                ref Unsafe.Add(ref y, row));
        }

        for (; row <= rows - 2; row += 2)
        {
            TwoRows(
                ref x, depth, ref Unsafe.Add(ref w, row * depth), ref Unsafe.Add(ref bias, row), min, max,
                ref Unsafe.Add(ref y, row));
        }

        if ((rows & 1) != 0)
        {
            OneRow(
                ref x, depth, ref Unsafe.Add(ref w, row * depth), ref Unsafe.Add(ref bias, row), min, max,
                ref Unsafe.Add(ref y, row));
        }
    }

    private static void FourRows(
        ref float x, nint depth, ref float w, ref float bias, float min, float max, ref float y)
    {
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        TVector odd0 = default, odd1 = default, odd2 = default, odd3 = default;
        ref float w3 = ref Unsafe.Add(ref w, depth * 3);
        nint i = 0;
        for (; i <= depth - (TUnit.Width * 2); i += TUnit.Width * 2)
        {
            nint j = i + TUnit.Width;
            TVector v = TUnit.Load(ref Unsafe.Add(ref x, i));
            TVector u = TUnit.Load(ref Unsafe.Add(ref x, j));
            sum0 = TUnit.MultiplyAdd(v, TUnit.Load(ref Unsafe.Add(ref w, i)), sum0);
            odd0 = TUnit.MultiplyAdd(u, TUnit.Load(ref Unsafe.Add(ref w, j)), odd0);
            sum1 = TUnit.MultiplyAdd(v, TUnit.Load(ref Unsafe.Add(ref w, i + depth)), sum1);
            odd1 = TUnit.MultiplyAdd(u, TUnit.Load(ref Unsafe.Add(ref w, j + depth)), odd1);
            sum2 = TUnit.MultiplyAdd(v, TUnit.Load(ref Unsafe.Add(ref w, i + (depth * 2))), sum2);
            odd2 = TUnit.MultiplyAdd(u, TUnit.Load(ref Unsafe.Add(ref w, j + (depth * 2))), odd2);
            sum3 = TUnit.MultiplyAdd(v, TUnit.Load(ref Unsafe.Add(ref w3, i)), sum3);
            odd3 = TUnit.MultiplyAdd(u, TUnit.Load(ref Unsafe.Add(ref w3, j)), odd3);
        }

        sum0 = TUnit.Add(sum0, odd0);
        sum1 = TUnit.Add(sum1, odd1);
        sum2 = TUnit.Add(sum2, odd2);
        sum3 = TUnit.Add(sum3, odd3);
        if (i <= depth - TUnit.Width)
        {
            TVector v = TUnit.Load(ref Unsafe.Add(ref x, i));
            sum0 = TUnit.MultiplyAdd(v, TUnit.Load(ref Unsafe.Add(ref w, i)), sum0);
            sum1 = TUnit.MultiplyAdd(v, TUnit.Load(ref Unsafe.Add(ref w, i + depth)), sum1);
            sum2 = TUnit.MultiplyAdd(v, TUnit.Load(ref Unsafe.Add(ref w, i + (depth * 2))), sum2);
            sum3 = TUnit.MultiplyAdd(v, TUnit.Load(ref Unsafe.Add(ref w3, i)), sum3);
            i += TUnit.Width;
        }

        Vector128<float> totals = Sums(TUnit.Fold(sum0), TUnit.Fold(sum1), TUnit.Fold(sum2), TUnit.Fold(sum3));
        for (; i < depth; i++)
        {
            ref float a = ref Unsafe.Add(ref w, i);
            ref float b = ref Unsafe.Add(ref a, depth * 2);
            totals += Unsafe.Add(ref x, i) * Vector128.Create(a, Unsafe.Add(ref a, depth), b, Unsafe.Add(ref b, depth));
        }

        totals += Vector128.LoadUnsafe(ref bias);
        ActivationClamp.Of(totals, Vector128.Create(min), Vector128.Create(max)).StoreUnsafe(ref y);
    }

    private static void TwoRows(ref float x, nint depth, ref float w, ref float bias, float min, float max, ref float y)
    {
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        TVector sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        nint i = 0;
        for (; i <= depth - (TUnit.Width * 4); i += TUnit.Width * 4)
        {
            ref float a = ref Unsafe.Add(ref w, i);
            ref float b = ref Unsafe.Add(ref a, depth);
            TVector v0 = TUnit.Load(ref Unsafe.Add(ref x, i));
            TVector v1 = TUnit.Load(ref Unsafe.Add(ref x, i + TUnit.Width));
            TVector v2 = TUnit.Load(ref Unsafe.Add(ref x, i + (TUnit.Width * 2)));
            TVector v3 = TUnit.Load(ref Unsafe.Add(ref x, i + (TUnit.Width * 3)));
            sum0 = TUnit.MultiplyAdd(v0, TUnit.Load(ref a), sum0);
            sum1 = TUnit.MultiplyAdd(v1, TUnit.Load(ref Unsafe.Add(ref a, TUnit.Width)), sum1);
            sum2 = TUnit.MultiplyAdd(v2, TUnit.Load(ref Unsafe.Add(ref a, TUnit.Width * 2)), sum2);
            sum3 = TUnit.MultiplyAdd(v3, TUnit.Load(ref Unsafe.Add(ref a, TUnit.Width * 3)), sum3);
            sum4 = TUnit.MultiplyAdd(v0, TUnit.Load(ref b), sum4);
            sum5 = TUnit.MultiplyAdd(v1, TUnit.Load(ref Unsafe.Add(ref b, TUnit.Width)), sum5);
            sum6 = TUnit.MultiplyAdd(v2, TUnit.Load(ref Unsafe.Add(ref b, TUnit.Width * 2)), sum6);
            sum7 = TUnit.MultiplyAdd(v3, TUnit.Load(ref Unsafe.Add(ref b, TUnit.Width * 3)), sum7);
        }

        Finish(Add(sum0, sum1, sum2, sum3), ref x, i, depth, ref w, ref bias, min, max, ref y, 0);
        Finish(Add(sum4, sum5, sum6, sum7), ref x, i, depth, ref w, ref bias, min, max, ref y, 1);
    }

    private static void OneRow(ref float x, nint depth, ref float w, ref float bias, float min, float max, ref float y)
    {
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        TVector sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        nint i = 0;
        for (; i <= depth - (TUnit.Width * 8); i += TUnit.Width * 8)
        {
            ref float v = ref Unsafe.Add(ref x, i);
            ref float a = ref Unsafe.Add(ref w, i);
            sum0 = MultiplyAdd(ref v, ref a, 0, sum0);
            sum1 = MultiplyAdd(ref v, ref a, 1, sum1);
            sum2 = MultiplyAdd(ref v, ref a, 2, sum2);
            sum3 = MultiplyAdd(ref v, ref a, 3, sum3);
            sum4 = MultiplyAdd(ref v, ref a, 4, sum4);
            sum5 = MultiplyAdd(ref v, ref a, 5, sum5);
            sum6 = MultiplyAdd(ref v, ref a, 6, sum6);
            sum7 = MultiplyAdd(ref v, ref a, 7, sum7);
        }

        TVector sum = TUnit.Add(Add(sum0, sum1, sum2, sum3), Add(sum4, sum5, sum6, sum7));
        Finish(sum, ref x, i, depth, ref w, ref bias, min, max, ref y, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MultiplyAdd(ref float x, ref float w, int vector, TVector sum) => TUnit.MultiplyAdd(
        TUnit.Load(ref Unsafe.Add(ref x, TUnit.Width * vector)),
        TUnit.Load(ref Unsafe.Add(ref w, TUnit.Width * vector)),
        sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add(TVector a, TVector b, TVector c, TVector d) =>
        TUnit.Add(TUnit.Add(a, b), TUnit.Add(c, d));

    /// <summary>The sum of the lanes of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sums(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (!Sse.IsSupported)
        {
            return Vector128.Create(Vector128.Sum(a), Vector128.Sum(b), Vector128.Sum(c), Vector128.Sum(d));
        }

        Vector128<float> ab = Sse.UnpackLow(a, b) + Sse.UnpackHigh(a, b); // a0+a2 b0+b2 a1+a3 b1+b3
        Vector128<float> cd = Sse.UnpackLow(c, d) + Sse.UnpackHigh(c, d);
        return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
    }

    /// <summary>What the block's loop left over, the bias, and the result of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(
        TVector sum, ref float x, nint i, nint depth, ref float w, ref float bias, float min, float max, ref float y,
        nint row)
    {
        ref float weights = ref Unsafe.Add(ref w, row * depth);
        for (; i <= depth - TUnit.Width; i += TUnit.Width)
        {
            sum = TUnit.MultiplyAdd(
                TUnit.Load(ref Unsafe.Add(ref x, i)), TUnit.Load(ref Unsafe.Add(ref weights, i)), sum);
        }

        float total = TUnit.Sum(sum);
        for (; i < depth; i++)
        {
            total += Unsafe.Add(ref x, i) * Unsafe.Add(ref weights, i);
        }

        // Behind the products of the tail too: begun with, the bias is lost where products cancel.
        Unsafe.Add(ref y, row) = ActivationClamp.Of(total + Unsafe.Add(ref bias, row), min, max);
    }
}

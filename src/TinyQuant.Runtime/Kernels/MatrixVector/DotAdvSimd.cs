using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>
/// smull and smlal to int16, sadalp to int32, for Arm processors without dot product. Two products a lane are exact
/// for weights in [-127, 127]: 2 · 128 · 127 fits int16.
/// </summary>
internal readonly struct DotAdvSimd : IDotUnit<DotAdvSimd.Sums, Pair128<sbyte>>
{
    public static string Name => "AdvSimd";

    public static bool IsUnsigned => false;

    public static bool NeedsManySums => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> Flip(bool fromUnsigned) => Expand128.Flip(fromUnsigned);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Pair128<sbyte> Sixteen(byte* input, Pair128<sbyte> flip) =>
        Expand128.Sixteen(input, flip.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums AddPair(Sums sum, Pair128<sbyte> sixteen, int pair, ref sbyte weights)
    {
        Vector128<sbyte> x0 = Expand128.Group(sixteen.Lower, pair * 2);
        Vector128<sbyte> x1 = Expand128.Group(sixteen.Lower, (pair * 2) + 1);
        return AddPair(
            sum, new Pair128<sbyte>(x0, x0), new Pair128<sbyte>(x1, x1), ref Unsafe.Add(ref weights, pair * 64));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums AddGroup(Sums sum, uint input, ref sbyte weights, Pair128<sbyte> flip)
    {
        Vector128<sbyte> group = Expand128.Group(input, flip.Lower);
        return Add(sum, new Pair128<sbyte>(group, group), ref weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> ExpandFor4(ref byte input, Pair128<sbyte> flip) =>
        Expand128.For4(ref input, flip.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> ExpandFor2(Pair128<sbyte> sixteen) => Expand128.For2(sixteen.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> ExpandFor1(ref byte input, Pair128<sbyte> flip) =>
        Expand128.For1(ref input, flip.Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Add(Sums sum, Pair128<sbyte> input, ref sbyte weights)
    {
        Vector128<sbyte> lower = Vector128.LoadUnsafe(ref weights);
        Vector128<sbyte> upper = Vector128.LoadUnsafe(ref weights, 16);
        return new(
            AdvSimd.AddPairwiseWideningAndAdd(
                sum.Outputs01, AdvSimd.MultiplyWideningLower(lower.GetLower(), input.Lower.GetLower())),
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs23, AdvSimd.MultiplyWideningUpper(lower, input.Lower)),
            AdvSimd.AddPairwiseWideningAndAdd(
                sum.Outputs45, AdvSimd.MultiplyWideningLower(upper.GetLower(), input.Upper.GetLower())),
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs67, AdvSimd.MultiplyWideningUpper(upper, input.Upper)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums AddPair(Sums sum, Pair128<sbyte> first, Pair128<sbyte> second, ref sbyte weights)
    {
        Vector128<sbyte> lower0 = Vector128.LoadUnsafe(ref weights);
        Vector128<sbyte> upper0 = Vector128.LoadUnsafe(ref weights, 16);
        Vector128<sbyte> lower1 = Vector128.LoadUnsafe(ref weights, 32);
        Vector128<sbyte> upper1 = Vector128.LoadUnsafe(ref weights, 48);
        return new(
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs01, LowerProducts(lower0, first.Lower, lower1, second.Lower)),
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs23, UpperProducts(lower0, first.Lower, lower1, second.Lower)),
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs45, LowerProducts(upper0, first.Upper, upper1, second.Upper)),
            AdvSimd.AddPairwiseWideningAndAdd(sum.Outputs67, UpperProducts(upper0, first.Upper, upper1, second.Upper)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Add(Sums left, Sums right) => new(
        left.Outputs01 + right.Outputs01,
        left.Outputs23 + right.Outputs23,
        left.Outputs45 + right.Outputs45,
        left.Outputs67 + right.Outputs67);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lower(Sums sum) => AdvSimd.Arm64.AddPairwise(sum.Outputs01, sum.Outputs23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Upper(Sums sum) => AdvSimd.Arm64.AddPairwise(sum.Outputs45, sum.Outputs67);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> LowerProducts(
        Vector128<sbyte> w0, Vector128<sbyte> x0, Vector128<sbyte> w1, Vector128<sbyte> x1) =>
        AdvSimd.MultiplyWideningLowerAndAdd(
            AdvSimd.MultiplyWideningLower(w0.GetLower(), x0.GetLower()), w1.GetLower(), x1.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> UpperProducts(
        Vector128<sbyte> w0, Vector128<sbyte> x0, Vector128<sbyte> w1, Vector128<sbyte> x1) =>
        AdvSimd.MultiplyWideningUpperAndAdd(AdvSimd.MultiplyWideningUpper(w0, x0), w1, x1);

    /// <summary>Two lanes an output, as sadalp leaves them.</summary>
    internal readonly struct Sums(Vector128<int> a, Vector128<int> b, Vector128<int> c, Vector128<int> d)
    {
        public readonly Vector128<int> Outputs01 = a;
        public readonly Vector128<int> Outputs23 = b;
        public readonly Vector128<int> Outputs45 = c;
        public readonly Vector128<int> Outputs67 = d;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels.Lanes;

/// <summary>sdot: four rows at once.</summary>
internal readonly unsafe struct LanesArmDp : ILaneUnit<Halves<int>, Halves<sbyte>>
{
    public static int Rows => 4;

    public static int GroupBytes => 32;

    public static int Offset => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Load(int* sums) => new(Vector128.Load(sums), Vector128.Load(sums + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Halves<int> sum, int* target)
    {
        sum.Lower.Store(target);
        sum.Upper.Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> Load(byte* group) => new(Vector128.Load((sbyte*)group), Vector128.Load((sbyte*)group + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Add(Halves<int> sum, byte* inputs, Halves<sbyte> weights) => new(
        Dp.DotProduct(sum.Lower, Vector128.Load((sbyte*)inputs), weights.Lower),
        Dp.DotProduct(sum.Upper, Vector128.Load((sbyte*)inputs + 16), weights.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs(in RowPointers rows, byte* target) => Quads.Interleave(rows, 0, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs16(in RowPointers rows, byte* target)
    {
        InterleaveInputs(rows, target);
        InterleaveInputs(rows.Plus(8), target + GroupBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveWeights(in RowPointers rows, byte* target) => Quads.Interleave(rows, 0, target);
}

/// <summary>
/// smlal of rows widened to int16, one after another: exact for every weight, and no more instructions than products in
/// int16 that have to be widened by twos. Three rows, since most windows have three.
/// </summary>
internal readonly unsafe struct LanesAdvSimd : ILaneUnit<Halves<int>, ThreeRows>
{
    public static int Rows => 3;

    public static int GroupBytes => 48;

    public static int Offset => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Load(int* sums) => new(Vector128.Load(sums), Vector128.Load(sums + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Halves<int> sum, int* target)
    {
        sum.Lower.Store(target);
        sum.Upper.Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreeRows Load(byte* group) => new((short*)group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Add(Halves<int> sum, byte* inputs, ThreeRows weights)
    {
        short* x = (short*)inputs;
        sum = Add(sum, Vector128.Load(x), weights.Row0);
        sum = Add(sum, Vector128.Load(x + 8), weights.Row1);
        return Add(sum, Vector128.Load(x + 16), weights.Row2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs(in RowPointers rows, byte* target)
    {
        Widen(rows.Row0).Store((short*)target);
        Widen(rows.Row1).Store((short*)target + 8);
        Widen(rows.Row2).Store((short*)target + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs16(in RowPointers rows, byte* target)
    {
        InterleaveInputs(rows, target);
        InterleaveInputs(rows.Plus(8), target + GroupBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveWeights(in RowPointers rows, byte* target) => InterleaveInputs(rows, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Halves<int> Add(Halves<int> sum, Vector128<short> x, Vector128<short> weights) => new(
        AdvSimd.MultiplyWideningLowerAndAdd(sum.Lower, x.GetLower(), weights.GetLower()),
        AdvSimd.MultiplyWideningUpperAndAdd(sum.Upper, x, weights));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Widen(sbyte* row) => AdvSimd.SignExtendWideningLower(Vector64.Load(row));
}

/// <summary>Three rows of eight channels.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct ThreeRows(short* group)
{
    public readonly Vector128<short> Row0 = Vector128.Load(group);
    public readonly Vector128<short> Row1 = Vector128.Load(group + 8);
    public readonly Vector128<short> Row2 = Vector128.Load(group + 16);
}

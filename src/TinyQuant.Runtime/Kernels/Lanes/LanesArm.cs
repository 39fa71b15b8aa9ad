using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels.Lanes;

/// <summary>sdot: four columns at once.</summary>
internal readonly unsafe struct LanesArmDp : ILaneUnit<Halves<int>, Halves<sbyte>>
{
    public static int Columns => 4;

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
    public static void Interleave(sbyte* line, nint step, byte* target) => Quads.Interleave(line, step, target);
}

/// <summary>
/// smlal of columns widened to int16, one at a time: exact for every weight, and no more instructions than products in
/// int16 that have to be widened by twos.
/// </summary>
internal readonly unsafe struct LanesAdvSimd : ILaneUnit<Halves<int>, Vector128<short>>
{
    public static int Columns => 1;

    public static int GroupBytes => 16;

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
    public static Vector128<short> Load(byte* group) => Vector128.Load((short*)group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Add(Halves<int> sum, byte* inputs, Vector128<short> weights)
    {
        Vector128<short> x = Vector128.Load((short*)inputs);
        return new(
            AdvSimd.MultiplyWideningLowerAndAdd(sum.Lower, x.GetLower(), weights.GetLower()),
            AdvSimd.MultiplyWideningUpperAndAdd(sum.Upper, x, weights));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(sbyte* line, nint step, byte* target)
    {
        Vector128<sbyte> channels = Vector128.Load(line);
        AdvSimd.SignExtendWideningLower(channels.GetLower()).Store((short*)target);
        AdvSimd.SignExtendWideningUpper(channels).Store((short*)target + 8);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>sdot: four rows at once.</summary>
internal readonly unsafe struct DepthwiseArmDp : IDepthwiseUnit<Pair128<int>, Pair128<sbyte>>
{
    public static int Rows => 4;

    public static int GroupBytes => 32;

    public static int Offset => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> Load(int* sums) => new(Vector128.Load(sums), Vector128.Load(sums + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair128<int> sum, int* target)
    {
        sum.Lower.Store(target);
        sum.Upper.Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> Load(byte* group) =>
        new(Vector128.Load((sbyte*)group), Vector128.Load((sbyte*)group + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> Add(Pair128<int> sum, byte* inputs, Pair128<sbyte> weights) => new(
        Dp.DotProduct(sum.Lower, Vector128.Load((sbyte*)inputs), weights.Lower),
        Dp.DotProduct(sum.Upper, Vector128.Load((sbyte*)inputs + 16), weights.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(sbyte* r0, sbyte* r1, sbyte* r2, sbyte* r3, int offset, byte* target)
    {
        Interleave(Vector128.Load(r0), Vector128.Load(r1), Vector128.Load(r2), Vector128.Load(r3), target);
        Interleave(Vector128.Load(r0 + 16), Vector128.Load(r1 + 16), Vector128.Load(r2 + 16), Vector128.Load(r3 + 16),
            target + 64);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(
        Vector128<sbyte> r0, Vector128<sbyte> r1, Vector128<sbyte> r2, Vector128<sbyte> r3, byte* target)
    {
        Vector128<short> lower01 = AdvSimd.Arm64.ZipLow(r0, r1).AsInt16(),
            upper01 = AdvSimd.Arm64.ZipHigh(r0, r1).AsInt16();
        Vector128<short> lower23 = AdvSimd.Arm64.ZipLow(r2, r3).AsInt16(),
            upper23 = AdvSimd.Arm64.ZipHigh(r2, r3).AsInt16();
        AdvSimd.Arm64.ZipLow(lower01, lower23).AsByte().Store(target);
        AdvSimd.Arm64.ZipHigh(lower01, lower23).AsByte().Store(target + 16);
        AdvSimd.Arm64.ZipLow(upper01, upper23).AsByte().Store(target + 32);
        AdvSimd.Arm64.ZipHigh(upper01, upper23).AsByte().Store(target + 48);
    }
}

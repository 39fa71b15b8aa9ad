using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>
/// smlal of rows widened to int16, one at a time: exact for every weight, and no more instructions than products in
/// int16 that have to be widened by twos.
/// </summary>
internal readonly unsafe struct DepthwiseAdvSimd : IDepthwiseUnit<Pair128<int>, Vector128<short>>
{
    public static int Rows => 1;

    public static int GroupBytes => 16;

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
    public static Vector128<short> Load(byte* group) => Vector128.Load((short*)group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> Add(Pair128<int> sum, byte* inputs, Vector128<short> weights)
    {
        Vector128<short> x = Vector128.Load((short*)inputs);
        return new(
            AdvSimd.MultiplyWideningLowerAndAdd(sum.Lower, x.GetLower(), weights.GetLower()),
            AdvSimd.MultiplyWideningUpperAndAdd(sum.Upper, x, weights));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(sbyte* r0, sbyte* r1, sbyte* r2, sbyte* r3, int offset, byte* target)
    {
        Widen(Vector128.Load(r0), (short*)target);
        Widen(Vector128.Load(r0 + 16), (short*)target + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(Vector128<sbyte> channels, short* target)
    {
        AdvSimd.SignExtendWideningLower(channels.GetLower()).Store(target);
        AdvSimd.SignExtendWideningUpper(channels).Store(target + 8);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels.Lanes;

/// <summary>vpdpbusd: four rows at once, inputs plus 128 as its unsigned operand.</summary>
internal readonly unsafe struct LanesAvxVnni<TInstruction> : ILaneUnit<Vector256<int>, Vector256<sbyte>>
    where TInstruction : struct, IVnniInstruction
{
    public static int Rows => 4;

    public static int GroupBytes => 32;

    public static int Offset => 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(int* sums) => Vector256.Load(sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, int* target) => sum.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Load(byte* group) => Vector256.Load((sbyte*)group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, byte* inputs, Vector256<sbyte> weights) =>
        TInstruction.MultiplyWideningAndAdd(sum, Vector256.Load(inputs), weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs(in RowPointers rows, byte* target) => Quads.Interleave(rows, 0x80, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveInputs16(in RowPointers rows, byte* target)
    {
        InterleaveInputs(rows, target);
        InterleaveInputs(rows.Plus(8), target + GroupBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterleaveWeights(in RowPointers rows, byte* target) => Quads.Interleave(rows, 0, target);
}

/// <summary>Four rows of bytes interleaved: four bytes a channel.</summary>
internal static unsafe class Quads
{
    /// <summary>Eight channels of four rows, each byte XORed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(in RowPointers rows, byte flip, byte* target)
    {
        Vector128<byte> flips = Vector128.Create(flip);
        Vector128<byte> upper = Zip(Load(rows.Row0), Load(rows.Row1)) ^ flips;
        Vector128<byte> lower = Zip(Load(rows.Row2), Load(rows.Row3)) ^ flips;
        ZipLower(upper, lower).Store(target);
        ZipUpper(upper, lower).Store(target + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(sbyte* row) => Vector128.CreateScalarUnsafe(*(long*)row).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Zip(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackLow(a, b)
        : System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipLower(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackLow(a.AsInt16(), b.AsInt16()).AsByte()
        : System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipLow(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipUpper(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a.AsInt16(), b.AsInt16()).AsByte()
        : System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipHigh(a.AsInt16(), b.AsInt16()).AsByte();
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>Input bytes for the 256-bit units, as they stand in memory.</summary>
/// <remarks>Broadcasts from memory take no more than a load does, and shuffles within a half one cycle.</remarks>
internal static class Expand256
{
    /// <remarks>
    /// A pointer, since no form with a reference becomes vbroadcasti128, a load that shuffles nothing.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<byte> Sixteen(byte* input) => Avx2.BroadcastVector128ToVector256(input);

    /// <summary>One group of four, of sixteen inputs in both halves, for eight outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#pragma warning disable CA1857 // a constant once this is inlined
    public static Vector256<int> Group(Vector256<int> sixteen, int group) =>
        Avx2.Shuffle(sixteen, (byte)(group * 0b01_01_01_01));
#pragma warning restore CA1857

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> For4(ref byte input) => Avx2.Shuffle(
        Vector256.Create(Unsafe.ReadUnaligned<ulong>(ref input)).AsByte(),
        Vector256.Create(
            0x03020100u, 0x03020100, 0x03020100, 0x03020100, 0x07060504, 0x07060504, 0x07060504, 0x07060504).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> For2(Vector256<byte> sixteen) => Avx2.Shuffle(
        sixteen,
        Vector256.Create(
            0x03020100u, 0x03020100, 0x07060504, 0x07060504, 0x0B0A0908, 0x0B0A0908, 0x0F0E0D0C, 0x0F0E0D0C).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> For1(ref byte input) => Vector256.LoadUnsafe(ref input);
}

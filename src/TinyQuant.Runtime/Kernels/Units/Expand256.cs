using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Units;

/// <summary>Input bytes for the 256-bit units, as they stand in memory.</summary>
internal static class Expand256
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> For4(ref byte input) => Avx2.PermuteVar8x32(
        Vector256.Create(Unsafe.ReadUnaligned<ulong>(ref input)).AsInt32(),
        Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> For2(ref byte input) => Avx2.PermuteVar8x32(
        Vector128.LoadUnsafe(ref input).ToVector256Unsafe().AsInt32(),
        Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> For1(ref byte input) => Vector256.LoadUnsafe(ref input);
}

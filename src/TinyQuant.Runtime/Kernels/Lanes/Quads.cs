using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Lanes;

/// <summary>Four columns of bytes interleaved: four bytes a channel.</summary>
internal static unsafe class Quads
{
    /// <inheritdoc cref="ILaneUnit{TSum, TGroup}.Interleave"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(sbyte* line, nint step, byte* target)
    {
        sbyte* third = line + (2 * step);
        Vector128<sbyte> c0 = Vector128.Load(line), c1 = Vector128.Load(line + step);
        Vector128<sbyte> c2 = Vector128.Load(third), c3 = Vector128.Load(third + step);
        Vector128<short> lower01 = Lower(c0, c1).AsInt16(), upper01 = Upper(c0, c1).AsInt16();
        Vector128<short> lower23 = Lower(c2, c3).AsInt16(), upper23 = Upper(c2, c3).AsInt16();
        Lower(lower01, lower23).AsByte().Store(target);
        Upper(lower01, lower23).AsByte().Store(target + 16);
        Lower(upper01, upper23).AsByte().Store(target + 32);
        Upper(upper01, upper23).AsByte().Store(target + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Lower(Vector128<sbyte> a, Vector128<sbyte> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Upper(Vector128<sbyte> a, Vector128<sbyte> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Lower(Vector128<short> a, Vector128<short> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Upper(Vector128<short> a, Vector128<short> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}

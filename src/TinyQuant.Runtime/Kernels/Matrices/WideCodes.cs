using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Matrices;

/// <summary>Codes of int8 or int16 as int16, less their zero point.</summary>
/// <remarks>
/// int16 codes have the zero point 0. What is loaded must be there: nothing here looks at lengths.
/// </remarks>
internal static class WideCodes
{
    /// <summary>One code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short One<TCode>(ref TCode code, short zeroPoint)
        where TCode : unmanaged => typeof(TCode) == typeof(sbyte)
        ? (short)(Unsafe.As<TCode, sbyte>(ref code) - zeroPoint)
        : Unsafe.As<TCode, short>(ref code);

    /// <summary>Eight codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Eight<TCode>(ref TCode codes, Vector128<short> zeroPoint)
        where TCode : unmanaged => typeof(TCode) == typeof(sbyte)
        ? Vector128.WidenLower(Vector128.CreateScalarUnsafe(
            Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<TCode, byte>(ref codes))).AsSByte()) - zeroPoint
        : Vector128.LoadUnsafe(ref Unsafe.As<TCode, short>(ref codes));

    /// <summary>Sixteen codes, with AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Sixteen<TCode>(ref TCode codes, Vector256<short> zeroPoint)
        where TCode : unmanaged => typeof(TCode) == typeof(sbyte)
        ? Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref Unsafe.As<TCode, sbyte>(ref codes))) - zeroPoint
        : Vector256.LoadUnsafe(ref Unsafe.As<TCode, short>(ref codes));

    /// <summary>All codes of a row.</summary>
    /// <param name="codes">Codes.</param>
    /// <param name="zeroPoint">Their zero point.</param>
    /// <param name="row">At least as long.</param>
    public static void Copy<TCode>(ReadOnlySpan<TCode> codes, short zeroPoint, Span<short> row)
        where TCode : unmanaged
    {
        row = row[..codes.Length];
        ref TCode source = ref MemoryMarshal.GetReference(codes);
        ref short target = ref MemoryMarshal.GetReference(row);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<short> zeros = Vector128.Create(zeroPoint);
            for (; i <= row.Length - Vector128<short>.Count; i += Vector128<short>.Count)
            {
                Eight(ref Unsafe.Add(ref source, i), zeros).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < row.Length; i++)
        {
            row[i] = One(ref Unsafe.Add(ref source, i), zeroPoint);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>int16 codes to int32 lanes and back.</summary>
internal static class WordVectors
{
    /// <summary>Eight codes, or one for all lanes where the operand has no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(ReadOnlySpan<short> codes, int i)
    {
        if (codes.Length == 1)
        {
            return Vector256.Create((int)codes[0]);
        }

        Vector128<short> eight = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(codes), (nuint)i);
        return Avx2.IsSupported
            ? Avx2.ConvertToVector256Int32(eight)
            : Vector256.Create(Vector128.WidenLower(eight), Vector128.WidenUpper(eight));
    }

    /// <summary>Four codes, or one for all lanes where the operand has no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(ReadOnlySpan<short> codes, int i) => codes.Length == 1
        ? Vector128.Create((int)codes[0])
        : Vector128.WidenLower(LoadFour(ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), i)));

    /// <summary>
    /// Adds the zero point, clamps and stores eight codes. With the zero point an element is within int32.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> x, int zeroPoint, int min, int max, Span<short> output, int i)
    {
        x += Vector256.Create(zeroPoint);
        Clamped(Vector128.NarrowWithSaturation(x.GetLower(), x.GetUpper()), min, max)
            .StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)i);
    }

    /// <summary>The same of four codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> x, int zeroPoint, int min, int max, Span<short> output, int i)
    {
        x += Vector128.Create(zeroPoint);
        ulong four = Clamped(Vector128.NarrowWithSaturation(x, x), min, max).AsUInt64().ToScalar();
        Unsafe.WriteUnaligned(
            ref Unsafe.As<short, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i)), four);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> LoadFour(ref short codes) => Vector128.CreateScalarUnsafe(
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<short, byte>(ref codes))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Clamped(Vector128<short> codes, int min, int max) =>
        Vector128.Min(Vector128.Max(codes, Vector128.Create((short)min)), Vector128.Create((short)max));
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>int8 codes to int32 lanes and back.</summary>
internal static class ByteVectors
{
    /// <summary>Eight codes, in the lower half. What x64 has of <see cref="Vector64"/> goes through memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> LoadEight(ref sbyte codes) => Sse2.IsSupported
        ? Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<sbyte, byte>(ref codes))).AsSByte()
        : Vector64.LoadUnsafe(ref codes).ToVector128Unsafe();

    /// <summary>Stores the eight codes of the lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreEight(Vector128<sbyte> codes, ref sbyte target)
    {
        if (Sse2.IsSupported)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref target), codes.AsUInt64().ToScalar());
        }
        else
        {
            codes.GetLower().StoreUnsafe(ref target);
        }
    }

    /// <summary>Eight codes, or one for all lanes where the operand has no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(ReadOnlySpan<sbyte> codes, int i)
    {
        if (codes.Length == 1)
        {
            return Vector256.Create((int)codes[0]);
        }

        Vector128<sbyte> eight = LoadEight(ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), i));
        if (Avx2.IsSupported)
        {
            return Avx2.ConvertToVector256Int32(eight);
        }

        Vector128<short> words = Vector128.WidenLower(eight);
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words));
    }

    /// <summary>Four codes, or one for all lanes where the operand has no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(ReadOnlySpan<sbyte> codes, int i)
    {
        if (codes.Length == 1)
        {
            return Vector128.Create((int)codes[0]);
        }

        uint four = Unsafe.ReadUnaligned<uint>(
            ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), i)));
        return Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(four).AsSByte()));
    }

    /// <summary>Adds the zero point, clamps and stores eight codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> x, int zeroPoint, int min, int max, Span<sbyte> output, int i) =>
        StoreEight(
        Codes(Vector128.NarrowWithSaturation(x.GetLower(), x.GetUpper()), zeroPoint, min, max),
        ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i));

    /// <summary>Adds the zero point, clamps and stores four codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> x, int zeroPoint, int min, int max, Span<sbyte> output, int i)
    {
        uint four = Codes(Vector128.NarrowWithSaturation(x, x), zeroPoint, min, max).AsUInt32().ToScalar();
        Unsafe.WriteUnaligned(
            ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i)), four);
    }

    // What is outside of 16 bits, or of 8, is at an end of the clamp anyway.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Codes(Vector128<short> words, int zeroPoint, int min, int max)
    {
        words = Vector128.AddSaturate(words, Vector128.Create((short)zeroPoint));
        Vector128<sbyte> codes = Vector128.NarrowWithSaturation(words, words);
        return Vector128.Min(Vector128.Max(codes, Vector128.Create((sbyte)min)), Vector128.Create((sbyte)max));
    }
}

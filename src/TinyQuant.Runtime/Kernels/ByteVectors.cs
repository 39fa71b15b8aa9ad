using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels;

/// <summary>int8 codes to int32 lanes and back.</summary>
internal static class ByteVectors
{
    /// <summary>Eight codes, or one for all lanes where the operand has no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(ReadOnlySpan<sbyte> codes, int i)
    {
        if (codes.Length == 1)
        {
            return Vector256.Create((int)codes[0]);
        }

        Vector128<short> words = Vector128.WidenLower(
            Vector64.LoadUnsafe(ref MemoryMarshal.GetReference(codes), (nuint)i).ToVector128Unsafe());
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

        uint four = Unsafe.ReadUnaligned<uint>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), i)));
        return Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(four).AsSByte()));
    }

    /// <summary>Adds the zero point, clamps and stores eight codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> x, int zeroPoint, int min, int max, Span<sbyte> output, int i) =>
        Codes(Vector128.NarrowWithSaturation(x.GetLower(), x.GetUpper()), zeroPoint, min, max)
            .GetLower().StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)i);

    /// <summary>Adds the zero point, clamps and stores four codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> x, int zeroPoint, int min, int max, Span<sbyte> output, int i)
    {
        uint four = Codes(Vector128.NarrowWithSaturation(x, x), zeroPoint, min, max).AsUInt32().ToScalar();
        Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i)), four);
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

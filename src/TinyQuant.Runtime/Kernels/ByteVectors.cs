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
    public static void Store(Vector256<int> x, int zeroPoint, int min, int max, Span<sbyte> output, int i)
    {
        // Far outside of a code the sum could wrap; what is outside of 16 bits is at an end of the clamp anyway.
        x = Vector256.Min(Vector256.Max(x, Vector256.Create((int)short.MinValue)), Vector256.Create((int)short.MaxValue));
        x = Vector256.Min(Vector256.Max(x + Vector256.Create(zeroPoint), Vector256.Create(min)), Vector256.Create(max));
        Vector128<short> words = Vector128.Narrow(x.GetLower(), x.GetUpper());
        Vector128.Narrow(words, words).GetLower().StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)i);
    }

    /// <summary>Adds the zero point, clamps and stores four codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> x, int zeroPoint, int min, int max, Span<sbyte> output, int i)
    {
        x = Vector128.Min(Vector128.Max(x, Vector128.Create((int)short.MinValue)), Vector128.Create((int)short.MaxValue));
        x = Vector128.Min(Vector128.Max(x + Vector128.Create(zeroPoint), Vector128.Create(min)), Vector128.Create(max));
        Vector128<short> words = Vector128.Narrow(x, x);
        uint four = Vector128.Narrow(words, words).AsUInt32().ToScalar();
        Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i)), four);
    }
}

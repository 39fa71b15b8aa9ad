using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Codes of a type to int32 lanes and back: what kernels of int8 and of int16 differ in.</summary>
internal interface ICodeVectors<T>
    where T : unmanaged
{
    /// <summary>Eight codes, or one for all lanes where the operand has no more.</summary>
    static abstract Vector256<int> Load256(ReadOnlySpan<T> codes, int i);

    /// <summary>Four codes, or one for all lanes where the operand has no more.</summary>
    static abstract Vector128<int> Load128(ReadOnlySpan<T> codes, int i);

    /// <summary>Adds the zero point, clamps and stores eight codes.</summary>
    static abstract void Store(Vector256<int> x, int zeroPoint, int min, int max, Span<T> output, int i);

    /// <summary>Adds the zero point, clamps and stores four codes.</summary>
    static abstract void Store(Vector128<int> x, int zeroPoint, int min, int max, Span<T> output, int i);
}

/// <summary>int8.</summary>
internal readonly struct Int8Codes : ICodeVectors<sbyte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(ReadOnlySpan<sbyte> codes, int i) => ByteVectors.Load256(codes, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(ReadOnlySpan<sbyte> codes, int i) => ByteVectors.Load128(codes, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> x, int zeroPoint, int min, int max, Span<sbyte> output, int i) =>
        ByteVectors.Store(x, zeroPoint, min, max, output, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> x, int zeroPoint, int min, int max, Span<sbyte> output, int i) =>
        ByteVectors.Store(x, zeroPoint, min, max, output, i);
}

/// <summary>int16.</summary>
internal readonly struct Int16Codes : ICodeVectors<short>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(ReadOnlySpan<short> codes, int i) => WordVectors.Load256(codes, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(ReadOnlySpan<short> codes, int i) => WordVectors.Load128(codes, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> x, int zeroPoint, int min, int max, Span<short> output, int i) =>
        WordVectors.Store(x, zeroPoint, min, max, output, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> x, int zeroPoint, int min, int max, Span<short> output, int i) =>
        WordVectors.Store(x, zeroPoint, min, max, output, i);
}

/// <summary>int32 with zero point 0, of results that fit: nothing is added or clamped.</summary>
internal readonly struct Int32Codes : ICodeVectors<int>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(ReadOnlySpan<int> codes, int i) => codes.Length == 1
        ? Vector256.Create(codes[0])
        : Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(codes), (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(ReadOnlySpan<int> codes, int i) => codes.Length == 1
        ? Vector128.Create(codes[0])
        : Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(codes), (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> x, int zeroPoint, int min, int max, Span<int> output, int i) =>
        x.StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> x, int zeroPoint, int min, int max, Span<int> output, int i) =>
        x.StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)i);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Training.Numerics;

/// <summary>Element by element over the channels of a pixel, which are too few for a library's call to pay.</summary>
internal static class ChannelMath
{
    /// <summary>target += a · b, fused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> target)
    {
        Require(a.Length, b.Length, target.Length);
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float y = ref MemoryMarshal.GetReference(b);
        ref float z = ref MemoryMarshal.GetReference(target);
        nuint i = 0;
        for (; i + 8 <= (nuint)target.Length; i += 8)
        {
            Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), Vector256.LoadUnsafe(ref z, i))
                .StoreUnsafe(ref z, i);
        }

        for (; i < (nuint)target.Length; i++)
        {
            Unsafe.Add(ref z, i) = MathF.FusedMultiplyAdd(
                Unsafe.Add(ref x, i), Unsafe.Add(ref y, i), Unsafe.Add(ref z, i));
        }
    }

    /// <summary>target += a · (b - mean), fused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddCentredProduct(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> mean, Span<float> target)
    {
        Require(a.Length, b.Length, target.Length);
        Require(mean.Length, b.Length, target.Length);
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float y = ref MemoryMarshal.GetReference(b);
        ref float m = ref MemoryMarshal.GetReference(mean);
        ref float z = ref MemoryMarshal.GetReference(target);
        nuint i = 0;
        for (; i + 8 <= (nuint)target.Length; i += 8)
        {
            Vector256<float> centred = Vector256.LoadUnsafe(ref y, i) - Vector256.LoadUnsafe(ref m, i);
            Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), centred, Vector256.LoadUnsafe(ref z, i))
                .StoreUnsafe(ref z, i);
        }

        for (; i < (nuint)target.Length; i++)
        {
            float centred = Unsafe.Add(ref y, i) - Unsafe.Add(ref m, i);
            Unsafe.Add(ref z, i) = MathF.FusedMultiplyAdd(Unsafe.Add(ref x, i), centred, Unsafe.Add(ref z, i));
        }
    }

    /// <summary>target += (a - mean)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddCentredSquare(ReadOnlySpan<float> a, ReadOnlySpan<float> mean, Span<float> target)
    {
        Require(a.Length, mean.Length, target.Length);
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float m = ref MemoryMarshal.GetReference(mean);
        ref float z = ref MemoryMarshal.GetReference(target);
        nuint i = 0;
        for (; i + 8 <= (nuint)target.Length; i += 8)
        {
            Vector256<float> centred = Vector256.LoadUnsafe(ref x, i) - Vector256.LoadUnsafe(ref m, i);
            Vector256.FusedMultiplyAdd(centred, centred, Vector256.LoadUnsafe(ref z, i)).StoreUnsafe(ref z, i);
        }

        for (; i < (nuint)target.Length; i++)
        {
            float centred = Unsafe.Add(ref x, i) - Unsafe.Add(ref m, i);
            Unsafe.Add(ref z, i) = MathF.FusedMultiplyAdd(centred, centred, Unsafe.Add(ref z, i));
        }
    }

    /// <summary>target += a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ReadOnlySpan<float> a, Span<float> target)
    {
        Require(a.Length, a.Length, target.Length);
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float z = ref MemoryMarshal.GetReference(target);
        nuint i = 0;
        for (; i + 8 <= (nuint)target.Length; i += 8)
        {
            (Vector256.LoadUnsafe(ref x, i) + Vector256.LoadUnsafe(ref z, i)).StoreUnsafe(ref z, i);
        }

        for (; i < (nuint)target.Length; i++)
        {
            Unsafe.Add(ref z, i) += Unsafe.Add(ref x, i);
        }
    }

    /// <summary>target = a · b + c, fused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, Span<float> target)
    {
        Require(a.Length, b.Length, target.Length);
        Require(c.Length, b.Length, target.Length);
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float y = ref MemoryMarshal.GetReference(b);
        ref float w = ref MemoryMarshal.GetReference(c);
        ref float z = ref MemoryMarshal.GetReference(target);
        nuint i = 0;
        for (; i + 8 <= (nuint)target.Length; i += 8)
        {
            Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), Vector256.LoadUnsafe(ref w, i))
                .StoreUnsafe(ref z, i);
        }

        for (; i < (nuint)target.Length; i++)
        {
            Unsafe.Add(ref z, i) = MathF.FusedMultiplyAdd(
                Unsafe.Add(ref x, i), Unsafe.Add(ref y, i), Unsafe.Add(ref w, i));
        }
    }

    /// <summary>Where a equals b, moves what is left to the target.</summary>
    public static void MoveWhereEqual(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> left, Span<float> target)
    {
        Require(a.Length, b.Length, target.Length);
        Require(left.Length, left.Length, target.Length);
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float y = ref MemoryMarshal.GetReference(b);
        ref float from = ref MemoryMarshal.GetReference(left);
        ref float to = ref MemoryMarshal.GetReference(target);
        nuint i = 0;
        for (; i + 8 <= (nuint)target.Length; i += 8)
        {
            Vector256<float> isEqual = Vector256.Equals(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i));
            Vector256<float> gradient = Vector256.LoadUnsafe(ref from, i);
            (Vector256.LoadUnsafe(ref to, i) + (gradient & isEqual)).StoreUnsafe(ref to, i);
            Vector256.AndNot(gradient, isEqual).StoreUnsafe(ref from, i);
        }

        for (int j = (int)i; j < target.Length; j++)
        {
            if (a[j] == b[j])
            {
                (target[j], left[j]) = (target[j] + left[j], 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Require(int a, int b, int target)
    {
        if (a != target || b != target)
        {
            Throw(a, b, target);
        }
    }

    private static void Throw(int a, int b, int target) =>
        throw new ArgumentException(Invariant($"{a} and {b} values do not fit {target}."));
}

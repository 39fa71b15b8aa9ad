using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Elements;

/// <summary>The least and greatest of some values and zero, by their bits.</summary>
internal static class DynamicRange
{
    private const uint Infinity = 0x7F800000;
    private const uint Sign = 0x80000000;

    /// <summary>
    /// False if some value is infinite, which counts as the greatest finite one, or NaN, which is ignored.
    /// </summary>
    /// <remarks>
    /// As signed integers, positive floats are in order and above all negative ones; as unsigned integers, negative
    /// floats are above all positive ones, the least of them at the top. Infinities and NaN lie beyond the finite
    /// values of their sign, so two integer maxima find the range and whatever is not finite.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Of(ReadOnlySpan<float> values, out float min, out float max)
    {
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(values);
        (int positive, uint negative) = Greatest(bits);
        if (positive >= Infinity || negative >= (Infinity | Sign))
        {
            (min, max) = OfNotFinite(values);
            return false;
        }

        max = BitConverter.Int32BitsToSingle(positive);
        min = negative > Sign ? BitConverter.UInt32BitsToSingle(negative) : 0;
        return true;
    }

    private static (int Positive, uint Negative) Greatest(ReadOnlySpan<int> bits)
    {
        ref int source = ref MemoryMarshal.GetReference(bits);
        int positive = 0;
        uint negative = 0;
        nint i = 0;
        nint last = bits.Length - Vector256<int>.Count;
        if (Vector256.IsHardwareAccelerated && last >= 0)
        {
            Vector256<int> positive0 = default, positive1 = default;
            Vector256<uint> negative0 = default, negative1 = default;
            Include(ref source, 0, ref positive0, ref negative0);
            Include(ref source, last, ref positive1, ref negative1);
            for (i = InputAlignment.Skip(ref source); i <= bits.Length - 32; i += 32)
            {
                Include(ref source, i, ref positive0, ref negative0);
                Include(ref source, i + 8, ref positive1, ref negative1);
                Include(ref source, i + 16, ref positive0, ref negative0);
                Include(ref source, i + 24, ref positive1, ref negative1);
            }

            for (; i < last; i += 8)
            {
                Include(ref source, i, ref positive0, ref negative0);
            }

            i = bits.Length;
            positive0 = Vector256.Max(positive0, positive1);
            negative0 = Vector256.Max(negative0, negative1);
            positive = Greatest(Vector128.Max(positive0.GetLower(), positive0.GetUpper()));
            negative = Greatest(Vector128.Max(negative0.GetLower(), negative0.GetUpper()));
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Vector128<int> positive0 = default;
            Vector128<uint> negative0 = default;
            for (; i <= bits.Length - 4; i += 4)
            {
                Vector128<int> a = Vector128.LoadUnsafe(ref source, (nuint)i);
                positive0 = Vector128.Max(positive0, a);
                negative0 = Vector128.Max(negative0, a.AsUInt32());
            }

            positive = Greatest(positive0);
            negative = Greatest(negative0);
        }

        for (; i < bits.Length; i++)
        {
            int value = Unsafe.Add(ref source, i);
            positive = Math.Max(positive, value);
            negative = Math.Max(negative, (uint)value);
        }

        return (positive, negative);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Include(ref int source, nint i, ref Vector256<int> positive, ref Vector256<uint> negative)
    {
        Vector256<int> values = Vector256.LoadUnsafe(ref source, (nuint)i);
        positive = Vector256.Max(positive, values);
        negative = Vector256.Max(negative, values.AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Greatest(Vector128<int> v)
    {
        v = Vector128.Max(v, Vector128.Shuffle(v, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(v, Vector128.Shuffle(v, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Greatest(Vector128<uint> v)
    {
        v = Vector128.Max(v, Vector128.Shuffle(v, Vector128.Create(2u, 3, 0, 1)));
        return Vector128.Max(v, Vector128.Shuffle(v, Vector128.Create(1u, 0, 3, 2))).ToScalar();
    }

    private static (float Min, float Max) OfNotFinite(ReadOnlySpan<float> values)
    {
        float min = 0, max = 0;
        foreach (float value in values)
        {
            min = value < min ? Math.Max(value, float.MinValue) : min;
            max = value > max ? Math.Min(value, float.MaxValue) : max;
        }

        return (min, max);
    }
}

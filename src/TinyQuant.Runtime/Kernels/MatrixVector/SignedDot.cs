using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>The dot product of codes less their zero point with weights, neither packed.</summary>
internal static class SignedDot
{
    /// <summary>
    /// Σ weights[i] · (x[i] − zero point) in int32, wrapping; exact for every code, weight and zero point.
    /// </summary>
    public static int Run(ReadOnlySpan<sbyte> x, ReadOnlySpan<sbyte> weights, short zeroPoint)
    {
        int sum = 0;
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref sbyte values = ref MemoryMarshal.GetReference(x);
            ref sbyte others = ref MemoryMarshal.GetReference(weights);
            Vector128<int> lanes = default;
            for (; i <= x.Length - 16; i += 16)
            {
                Vector128<sbyte> codes = Vector128.LoadUnsafe(ref values, (nuint)i);
                Vector128<sbyte> w = Vector128.LoadUnsafe(ref others, (nuint)i);

                // |x − zp| is at most 255 and |w| at most 128, so a product fits int16.
                lanes += Sum((Vector128.WidenLower(codes) - Vector128.Create(zeroPoint)) * Vector128.WidenLower(w));
                lanes += Sum((Vector128.WidenUpper(codes) - Vector128.Create(zeroPoint)) * Vector128.WidenUpper(w));
            }

            sum = Vector128.Sum(lanes);
        }

        for (; i < x.Length; i++)
        {
            sum += weights[i] * (x[i] - zeroPoint);
        }

        return sum;
    }

    private static Vector128<int> Sum(Vector128<short> products)
    {
        (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(products);
        return lower + upper;
    }
}

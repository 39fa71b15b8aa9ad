using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>The dot product of int16 codes.</summary>
internal static class Int16Dot
{
    /// <summary>Σ x[i] · y[i] in int32, wrapping.</summary>
    /// <param name="x">Codes.</param>
    /// <param name="y">At least as many.</param>
    public static int Run(ReadOnlySpan<short> x, ReadOnlySpan<short> y)
    {
        y = y[..x.Length];
        int sum = 0;
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref short left = ref MemoryMarshal.GetReference(x);
            ref short right = ref MemoryMarshal.GetReference(y);
            Vector128<int> lanes = default;
            for (; i <= x.Length - Vector128<short>.Count; i += Vector128<short>.Count)
            {
                Vector128<short> a = Vector128.LoadUnsafe(ref left, (nuint)i);
                Vector128<short> b = Vector128.LoadUnsafe(ref right, (nuint)i);
                lanes += (Vector128.WidenLower(a) * Vector128.WidenLower(b))
                    + (Vector128.WidenUpper(a) * Vector128.WidenUpper(b));
            }

            sum = Vector128.Sum(lanes);
        }

        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}

using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.FloatDot;

/// <summary>
/// Dot products of short filters, each with values of its own, added one by one to what a sum begins with.
/// </summary>
internal static class FloatFilters<TUnit, TVector>
    where TUnit : struct, IFloatUnit<TVector>
    where TVector : struct
{
    /// <summary>
    /// y[i] = bias[i] + Σ x[f] · w[f] over <paramref name="rank"/> filters f, which lie one after another.
    /// </summary>
    public static void Run(ref float x, ref float w, nint length, nint rank, ref float bias, ref float y, nint sums)
    {
        for (nint i = 0; i < sums; i++)
        {
            float sum = Unsafe.Add(ref bias, i);
            for (nint filter = 0; filter < rank; filter++)
            {
                sum += Product(ref x, ref w, length);
                x = ref Unsafe.Add(ref x, length);
                w = ref Unsafe.Add(ref w, length);
            }

            Unsafe.Add(ref y, i) = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Product(ref float x, ref float w, nint length)
    {
        TVector even = default, odd = default;
        nint i = 0;
        for (; i <= length - (TUnit.Width * 2); i += TUnit.Width * 2)
        {
            nint j = i + TUnit.Width;
            even = TUnit.MultiplyAdd(TUnit.Load(ref Unsafe.Add(ref x, i)), TUnit.Load(ref Unsafe.Add(ref w, i)), even);
            odd = TUnit.MultiplyAdd(TUnit.Load(ref Unsafe.Add(ref x, j)), TUnit.Load(ref Unsafe.Add(ref w, j)), odd);
        }

        if (i <= length - TUnit.Width)
        {
            even = TUnit.MultiplyAdd(TUnit.Load(ref Unsafe.Add(ref x, i)), TUnit.Load(ref Unsafe.Add(ref w, i)), even);
            i += TUnit.Width;
        }

        float sum = TUnit.Sum(TUnit.Add(even, odd));
        for (; i < length; i++)
        {
            sum += Unsafe.Add(ref x, i) * Unsafe.Add(ref w, i);
        }

        return sum;
    }
}

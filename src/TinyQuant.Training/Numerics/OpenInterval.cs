using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Training.Numerics;

/// <summary>The gradient of a clamp: it passes where the value lies strictly inside.</summary>
internal static class OpenInterval
{
    /// <summary>target = gradient where 0 &lt; value &lt; limit, else 0; all of one length.</summary>
    public static void Pass(ReadOnlySpan<float> values, float limit, ReadOnlySpan<float> gradient, Span<float> target)
    {
        ref float value = ref MemoryMarshal.GetReference(values[..target.Length]);
        ref float source = ref MemoryMarshal.GetReference(gradient[..target.Length]);
        ref float sink = ref MemoryMarshal.GetReference(target);
        Vector256<float> top = Vector256.Create(limit);
        nuint i = 0;
        for (; i + 8 <= (nuint)target.Length; i += 8)
        {
            Vector256<float> x = Vector256.LoadUnsafe(ref value, i);
            Vector256<float> inside = Vector256.GreaterThan(x, Vector256<float>.Zero) & Vector256.LessThan(x, top);
            (Vector256.LoadUnsafe(ref source, i) & inside).StoreUnsafe(ref sink, i);
        }

        for (int j = (int)i; j < target.Length; j++)
        {
            target[j] = values[j] > 0 && values[j] < limit ? gradient[j] : 0;
        }
    }
}

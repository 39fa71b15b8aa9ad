using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Training.Numerics;

/// <summary>Values as their int8 codes hold them, and where that clamps.</summary>
internal static class RoundToCodes
{
    private const int MinCode = -128;
    private const int MaxCode = 127;

    /// <summary>target = (clamp(round(value / scale) + zero) - zero) · scale; both of one length.</summary>
    public static void Apply(ReadOnlySpan<float> values, float scale, int zero, Span<float> target)
    {
        ref float source = ref MemoryMarshal.GetReference(values[..target.Length]);
        ref float sink = ref MemoryMarshal.GetReference(target);
        (float inverse, float low, float high) = (1 / scale, MinCode - zero, MaxCode - zero);
        nuint i = 0;
        for (; i + 8 <= (nuint)target.Length; i += 8)
        {
            Vector256<float> steps = Vector256.Clamp(
                Vector256.LoadUnsafe(ref source, i) * inverse, Vector256.Create(low), Vector256.Create(high));
            (Vector256.Round(steps) * scale).StoreUnsafe(ref sink, i);
        }

        for (int j = (int)i; j < target.Length; j++)
        {
            target[j] = MathF.Round(Math.Clamp(values[j] * inverse, low, high)) * scale;
        }
    }

    /// <summary>target = gradient where the value is not clamped, else 0; all of one length.</summary>
    public static void PassGradient(
        ReadOnlySpan<float> values, float scale, int zero, ReadOnlySpan<float> gradient, Span<float> target)
    {
        ref float source = ref MemoryMarshal.GetReference(values[..target.Length]);
        ref float from = ref MemoryMarshal.GetReference(gradient[..target.Length]);
        ref float sink = ref MemoryMarshal.GetReference(target);
        (float low, float high) = ((MinCode - zero - 0.5f) * scale, (MaxCode - zero + 0.5f) * scale);
        nuint i = 0;
        for (; i + 8 <= (nuint)target.Length; i += 8)
        {
            Vector256<float> x = Vector256.LoadUnsafe(ref source, i);
            Vector256<float> inside = Vector256.GreaterThanOrEqual(x, Vector256.Create(low))
                & Vector256.LessThanOrEqual(x, Vector256.Create(high));
            (Vector256.LoadUnsafe(ref from, i) & inside).StoreUnsafe(ref sink, i);
        }

        for (int j = (int)i; j < target.Length; j++)
        {
            target[j] = values[j] >= low && values[j] <= high ? gradient[j] : 0;
        }
    }
}

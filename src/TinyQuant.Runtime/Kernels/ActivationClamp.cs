using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels;

/// <summary>The activation fused into a float32 operator.</summary>
internal static class ActivationClamp
{
    /// <summary>Clamps in place, where there is something to clamp to.</summary>
    public static void Run(Span<float> reals, float min, float max)
    {
        if (min == float.NegativeInfinity && max == float.PositiveInfinity)
        {
            return;
        }

        ref float first = ref MemoryMarshal.GetReference(reals);
        nint i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<float> least = Vector128.Create(min), greatest = Vector128.Create(max);
            for (; i <= reals.Length - 4; i += 4)
            {
                Vector128.Min(Vector128.Max(Vector128.LoadUnsafe(ref first, (nuint)i), least), greatest).StoreUnsafe(ref first, (nuint)i);
            }
        }

        for (; i < reals.Length; i++)
        {
            Unsafe.Add(ref first, i) = Math.Min(Math.Max(Unsafe.Add(ref first, i), min), max);
        }
    }
}

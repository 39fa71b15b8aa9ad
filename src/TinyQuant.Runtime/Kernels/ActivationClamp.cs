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

        foreach (ref float real in reals)
        {
            real = Math.Min(Math.Max(real, min), max);
        }
    }
}

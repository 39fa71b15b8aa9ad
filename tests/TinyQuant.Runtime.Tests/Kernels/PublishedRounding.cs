using TinyQuant.Kernels;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>What a kernel's type argument stands for, as published and not as the kernels have it.</summary>
internal static class PublishedRounding
{
    /// <summary><c>MultiplyByQuantizedMultiplier</c>, with <c>TFLITE_SINGLE_ROUNDING</c> or without.</summary>
    public static int Multiply<TRounding>(int x, int multiplier, int shift)
        where TRounding : struct, IFixedPointRounding => typeof(TRounding) == typeof(SingleRounding)
            ? Gemmlowp.MultiplyByQuantizedMultiplierWithSingleRounding(x, multiplier, shift)
            : Gemmlowp.MultiplyByQuantizedMultiplier(x, multiplier, shift);
}

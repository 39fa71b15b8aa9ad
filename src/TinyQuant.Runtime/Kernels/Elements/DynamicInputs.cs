namespace TinyQuant.Kernels.Elements;

/// <summary>How real inputs become codes on each call.</summary>
internal interface IDynamicInputs
{
    /// <summary>Writes codes, plus 128 where <paramref name="isUnsigned"/>.</summary>
    static abstract void Quantize(
        ReadOnlySpan<float> input, Span<sbyte> codes, bool isUnsigned, out float scale, out int zeroPoint);
}

/// <summary>By the range of the values, 0 included.</summary>
internal readonly struct AsymmetricInputs : IDynamicInputs
{
    public static void Quantize(
        ReadOnlySpan<float> input, Span<sbyte> codes, bool isUnsigned, out float scale, out int zeroPoint) =>
        Kernels.Quantize.Dynamic(input, codes, isUnsigned, out scale, out zeroPoint);
}

/// <summary>By their greatest magnitude.</summary>
internal readonly struct SymmetricInputs : IDynamicInputs
{
    public static void Quantize(
        ReadOnlySpan<float> input, Span<sbyte> codes, bool isUnsigned, out float scale, out int zeroPoint)
    {
        zeroPoint = 0;
        Kernels.Quantize.Symmetric(input, codes, isUnsigned, out scale);
    }
}

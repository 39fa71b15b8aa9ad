namespace TinyQuant.Kernels;

public static partial class Quantize
{
    /// <summary>How real inputs become codes on each call.</summary>
    internal interface IInputs
    {
        /// <summary>Writes codes, plus 128 where <paramref name="isUnsigned"/>.</summary>
        static abstract void Quantize(
            ReadOnlySpan<float> input, Span<sbyte> codes, bool isUnsigned, out float scale, out int zeroPoint);
    }

    /// <summary>By the range of the values, 0 included.</summary>
    internal readonly struct Asymmetrically : IInputs
    {
        public static void Quantize(
            ReadOnlySpan<float> input, Span<sbyte> codes, bool isUnsigned, out float scale, out int zeroPoint) =>
            Dynamic(input, codes, isUnsigned, out scale, out zeroPoint);
    }

    /// <summary>By their greatest magnitude.</summary>
    internal readonly struct Symmetrically : IInputs
    {
        public static void Quantize(
            ReadOnlySpan<float> input, Span<sbyte> codes, bool isUnsigned, out float scale, out int zeroPoint)
        {
            zeroPoint = 0;
            Symmetric(input, codes, isUnsigned, out scale);
        }
    }
}

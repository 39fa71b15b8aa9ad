using System.Runtime.CompilerServices;

/// <summary>The pictures, and the forms in which models take them.</summary>
internal static class Digits
{
    public const int Side = 28;
    public const int Pixels = Side * Side;
    public const int Classes = 10;

    /// <summary>Pixels from 0 to 255 as reals from 0 to 1, the float models' input.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToReals(ReadOnlySpan<byte> pixels, Span<float> reals)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            reals[i] = pixels[i] / 255f;
        }
    }

    /// <summary>Pixels as the int8 codes of an input with zero point -128.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToCodes(ReadOnlySpan<byte> pixels, Span<sbyte> codes)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            codes[i] = (sbyte)(pixels[i] ^ 0x80);
        }
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Int4;

/// <summary>Codes from -8 to 7 in 4 bits, as constants of a program hold them, and as int8 again.</summary>
/// <remarks><see cref="Int4Layout"/> says how they lie.</remarks>
internal static class Int4Codes
{
    private const int Offset = Int4Layout.Offset;
    private const int Half = Int4Layout.Half;

    /// <summary>Writes the codes out.</summary>
    /// <param name="packed"><see cref="Int4Layout.PackedLength"/> of the codes, at least.</param>
    /// <param name="codes">As many as there are.</param>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<sbyte> codes)
    {
        while (codes.Length >= 2 * Half)
        {
            if (Vector128.IsHardwareAccelerated)
            {
                Vector128<byte> both = Vector128.Create(packed);
                ((both & Vector128.Create((byte)0xF)) - Vector128.Create((byte)Offset)).AsSByte().CopyTo(codes);
                ((both >>> 4) - Vector128.Create((byte)Offset)).AsSByte().CopyTo(codes[Half..]);
            }
            else
            {
                for (int i = 0; i < Half; i++)
                {
                    codes[i] = (sbyte)((packed[i] & 0xF) - Offset);
                    codes[Half + i] = (sbyte)((packed[i] >> 4) - Offset);
                }
            }

            packed = packed[Half..];
            codes = codes[(2 * Half)..];
        }

        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = (sbyte)(((packed[i / 2] >> (i % 2 * 4)) & 0xF) - Offset);
        }
    }

    /// <summary>Multiplies codes by a pattern that repeats; the products fit int8.</summary>
    /// <param name="codes">Begin where the pattern begins.</param>
    /// <param name="pattern">32 factors.</param>
    public static void Multiply(Span<sbyte> codes, ReadOnlySpan<sbyte> pattern)
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<sbyte> first = Vector128.Create(pattern);
            Vector128<sbyte> second = Vector128.Create(pattern[Half..]);
            Span<Vector128<sbyte>> vectors = MemoryMarshal.Cast<sbyte, Vector128<sbyte>>(codes);
            for (int v = 0; v < vectors.Length; v++)
            {
                vectors[v] *= v % 2 == 0 ? first : second;
            }

            i = vectors.Length * Half;
        }

        for (; i < codes.Length; i++)
        {
            codes[i] = (sbyte)(codes[i] * pattern[i % (2 * Half)]);
        }
    }
}

using System.Globalization;
using System.Text;

namespace TinyQuant.Native.Tests.Support;

/// <summary>Pictures of 28 x 28 pixels as PGM files.</summary>
internal static class Pgm
{
    private const int Side = 28;

    public static byte[] Binary(ReadOnlySpan<byte> pixels, string header = "P5\n28 28\n255\n") =>
        [.. Encoding.ASCII.GetBytes(header), .. pixels];

    public static byte[] Text(ReadOnlySpan<byte> pixels)
    {
        var text = new StringBuilder("P2\n# with a comment\n28 28 # and another\n255\n");
        for (int i = 0; i < pixels.Length; i++)
        {
            text.Append(pixels[i].ToString(CultureInfo.InvariantCulture)).Append(i % Side == Side - 1 ? '\n' : ' ');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}

using SkiaSharp;
using TinyQuant.Training.Data;

namespace TinyQuant.Tool.Output;

/// <summary>Reads PNG pictures as grey ones.</summary>
internal static class PngPictures
{
    /// <summary>The luma of each pixel (ITU-R BT.601), on black where it is transparent.</summary>
    /// <exception cref="InvalidDataException">It is not a picture; the message names it.</exception>
    public static GreyPicture Read(string path)
    {
        using SKBitmap bitmap = SKBitmap.Decode(path) ?? throw new InvalidDataException($"{path}: it is no picture, or a damaged one; expected PNG.");
        byte[] pixels = new byte[bitmap.Width * bitmap.Height];
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
            {
                SKColor color = bitmap.GetPixel(x, y);
                double luma = (0.299 * color.Red) + (0.587 * color.Green) + (0.114 * color.Blue);
                pixels[(y * bitmap.Width) + x] = (byte)Math.Round(luma * color.Alpha / 255);
            }
        }
        return new GreyPicture(bitmap.Height, bitmap.Width, pixels);
    }
}

using SkiaSharp;
using TinyQuant.Data;

namespace TinyQuant.Tool.Output;

/// <summary>Reads PNG, JPEG, BMP and WebP pictures as grey ones.</summary>
internal static class PictureFiles
{
    /// <summary>Pixels of the largest picture.</summary>
    public const int MaxPixels = 1 << 26;

    /// <summary>The luma of each pixel (ITU-R BT.601), on black where it is transparent.</summary>
    /// <param name="path">The file; what is in it says of which kind it is.</param>
    /// <param name="require">Told height and width before the pixels are read; throws where they are not
    /// wanted.</param>
    /// <exception cref="InvalidDataException">It is not a picture, or not a whole one; the message names
    /// it.</exception>
    public static GreyPicture Read(string path, Action<int, int> require)
    {
        using SKCodec codec = SKCodec.Create(path, out SKCodecResult opened)
            ?? throw new InvalidDataException(
                Invariant($"{path}: it is ")
                    + Invariant($"{(opened == SKCodecResult.IncompleteInput ? "cut off in its head" : "no picture")} ({opened}); expected PNG, JPEG, BMP or WebP."));
        (int rows, int columns) = (codec.Info.Height, codec.Info.Width);
        if ((long)rows * columns > MaxPixels)
        {
            throw new InvalidDataException(
                Invariant($"{path}: it is {rows}x{columns}; expected at most {MaxPixels} pixels."));
        }

        require(rows, columns);
        // Four bytes a pixel, given back at once: as an array they would wait for the garbage collector.
        using var colors = new SKBitmap(new SKImageInfo(columns, rows, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        SKCodecResult result = codec.GetPixels(colors.Info, colors.GetPixels());
        return result == SKCodecResult.Success
            ? new GreyPicture(rows, columns, Luma(colors.GetPixelSpan()))
            : throw new InvalidDataException(
            Invariant($"{path}: it is {(result == SKCodecResult.IncompleteInput ? "cut off" : "damaged")} ")
                + Invariant($"({result}): not all of its {rows}x{columns} pixels can be read."));
    }

    private static byte[] Luma(ReadOnlySpan<byte> colors)
    {
        byte[] pixels = new byte[colors.Length / 4];
        for (int i = 0; i < pixels.Length; i++)
        {
            ReadOnlySpan<byte> color = colors.Slice(4 * i, 4);
            double luma = (0.299 * color[0]) + (0.587 * color[1]) + (0.114 * color[2]);
            pixels[i] = (byte)Math.Round(luma * color[3] / 255);
        }

        return pixels;
    }
}

using System.Globalization;
using SkiaSharp;
using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Model;

namespace TinyQuant.Tool.Output;

/// <summary>
/// Pictures on which models differ, each with its place, its class and the models' answers below it, as one PNG.
/// </summary>
internal static class PictureSheet
{
    private const int Columns = 8;
    private const int Side = 112;
    private const int Gap = 12;
    private const int Line = 14;

    public static byte[] Draw(IReadOnlyList<Disagreement> pictures, LabelledImages images, IReadOnlyList<string> labels)
    {
        int models = pictures.Count == 0 ? 0 : pictures[0].Answers.Count;
        int cell = Side + Gap;
        int height = Side + Gap + (Line * 2);
        int rows = Math.Max(1, (pictures.Count + Columns - 1) / Columns);
        using var surface = SKSurface.Create(new SKImageInfo((Columns * cell) + Gap, (rows * height) + Gap));
        using var font = new SKFont(SKTypeface.Default, 11);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        surface.Canvas.Clear(SKColors.White);
        for (int i = 0; i < pictures.Count; i++)
        {
            Disagreement d = pictures[i];
            int x = Gap + (i % Columns * cell), y = Gap + (i / Columns * height);
            using SKBitmap picture = Bitmap(images, d.Index);
            surface.Canvas.DrawBitmap(picture, new SKRect(x, y, x + Side, y + Side));
            string Name(int c) =>
                c < labels.Count ? Printable.Text(labels[c]) : c.ToString(CultureInfo.InvariantCulture);
            surface.Canvas.DrawText(Invariant($"{d.Index}: {Name(d.Label)}"), x, y + Side + Line - 2, font, ink);
            surface.Canvas.DrawText(string.Join(" / ", Enumerable.Range(0, models).Select(m => Name(d.Answers[m]))), x,
                y + Side + (2 * Line) - 2, font, ink);
        }

        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static SKBitmap Bitmap(LabelledImages images, int index)
    {
        var bitmap = new SKBitmap(images.Columns, images.Rows);
        ReadOnlySpan<byte> pixels = images.Image(index);
        for (int i = 0; i < pixels.Length; i++)
        {
            byte shade = (byte)(255 - pixels[i]);
            bitmap.SetPixel(i % images.Columns, i / images.Columns, new SKColor(shade, shade, shade));
        }

        return bitmap;
    }
}

using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>tensorflow/lite/kernels/internal/reference/resize_bilinear.h, element by element.</summary>
internal static class PlainResize
{
    public static double[] Run(ResizeBilinear op, double[] input, Rounding rounding) =>
        [.. Indexes.Of(op.Output.Shape).Select(index =>
    {
        double Pixel(int y, int x) => input[Indexes.Element(op.Input.Shape, [index[0], y, x, index[3]])];
        if (op.Input.Type == TensorType.Float32)
        {
            (int y0, int y1, float y) = Place(op, 1, index[1]);
            (int x0, int x1, float x) = Place(op, 2, index[2]);
            return (float)(((float)Pixel(y0, x0) * (1 - y) * (1 - x)) + ((float)Pixel(y1, x0) * y * (1 - x))
                + ((float)Pixel(y0, x1) * (1 - y) * x) + ((float)Pixel(y1, x1) * y * x));
        }

        (int top, int bottom, long down) = Steps(op, 1, index[1]);
        (int left, int right, long across) = Steps(op, 2, index[2]);
        long sum = ((long)Pixel(top, left) * (1024 - down) * (1024 - across))
            + ((long)Pixel(bottom, left) * down * (1024 - across))
            + ((long)Pixel(top, right) * (1024 - down) * across) + ((long)Pixel(bottom, right) * down * across);
        return rounding == Rounding.Single
            ? Math.Floor((sum + (1 << 19)) / 1048576d)
            : Math.Truncate((sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / 1048576d);
    })];

    public static (int Lower, int Upper, float Part) Place(ResizeBilinear op, int dimension, int at)
    {
        int from = op.Input.Shape[dimension];
        int to = op.Output.Shape[dimension];
        float scale = op.AlignCorners && to > 1 ? (float)(from - 1) / (to - 1) : (float)from / to;
        float place = op.HalfPixelCenters ? ((at + 0.5f) * scale) - 0.5f : at * scale;
        int lower = Math.Max((int)MathF.Floor(place), 0);
        return (lower, Math.Min((int)MathF.Ceiling(place), from - 1), place - lower);
    }

    private static (int Lower, int Upper, long Part) Steps(ResizeBilinear op, int dimension, int at)
    {
        int from = op.Input.Shape[dimension];
        int to = op.Output.Shape[dimension];
        int scale = op.AlignCorners && to > 1
            ? ((1024 * (from - 1)) + ((to - 1) / 2)) / (to - 1)
            : ((1024 * from) + (to / 2)) / to;
        int place = op.HalfPixelCenters ? (at * scale) + (scale / 2) - 512 : at * scale;
        int lower = Math.Max(place / 1024, 0);
        return (lower, Math.Min((place + 1023) / 1024, from - 1), place - (1024 * lower));
    }
}

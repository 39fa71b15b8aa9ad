namespace TinyQuant.Import.Onnx.Operators;

/// <summary>
/// Where TensorFlow Lite's RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR look, by their reference kernels.
/// </summary>
internal static class TensorFlowResize
{
    /// <summary>The row or column that one of the output copies.</summary>
    public static int Nearest(int input, int output, int place, bool aligned, bool half)
    {
        float scale = Scale(input, output, aligned), offset = half ? 0.5f : 0;
        float at = (place + offset) * scale;
        int nearest = aligned ? (int)MathF.Round(at, MidpointRounding.AwayFromZero) : (int)MathF.Floor(at);
        return Math.Min(Math.Max(nearest, 0), input - 1);
    }

    /// <summary>The place between rows or columns that one of the output is.</summary>
    public static double Linear(int input, int output, int place, bool aligned, bool half)
    {
        float scale = Scale(input, output, aligned);
        float at = half ? ((place + 0.5f) * scale) - 0.5f : place * scale;
        return Math.Clamp(at, 0, input - 1);
    }

    private static float Scale(int input, int output, bool aligned) =>
        aligned && output > 1 ? (input - 1f) / (output - 1) : (float)input / output;
}

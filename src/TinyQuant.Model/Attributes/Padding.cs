namespace TinyQuant.Model;

/// <summary>How a window is placed at the borders of its input.</summary>
public enum Padding
{
    /// <summary>Only where it lies inside: the output is smaller.</summary>
    Valid,

    /// <summary>
    /// So that the output has ceil(input / stride) positions; what lies outside counts as real 0 or not at all.
    /// </summary>
    Same,
}

/// <summary>Names and geometry of <see cref="Padding"/>.</summary>
public static class Paddings
{
    /// <summary>The name in a model file: <c>same</c> or <c>valid</c>.</summary>
    public static string ToName(this Padding padding) => padding == Padding.Same ? "same" : "valid";

    /// <summary>The padding of that name; false where there is none.</summary>
    public static bool TryParse(string name, out Padding padding)
    {
        padding = name == "same" ? Padding.Same : Padding.Valid;
        return name is "same" or "valid";
    }

    /// <summary>
    /// The positions of a window along one dimension, TensorFlow Lite's <c>ComputeOutSize</c>; less than 1 where the
    /// window is larger than a valid input.
    /// </summary>
    internal static long OutputSize(this Padding padding, int input, int filter, int stride, int dilation) =>
        padding == Padding.Same
        ? ((long)input + stride - 1) / stride
        : (input - (((long)filter - 1) * dilation) + stride - 1) / stride;

    /// <summary>
    /// The positions before the input's first that the first window covers, TensorFlow Lite's <c>ComputePadding</c>.
    /// </summary>
    internal static int Before(this Padding padding, int input, int filter, int stride, int dilation)
    {
        long positions = padding.OutputSize(input, filter, stride, dilation);
        long total = ((positions - 1) * stride) + ((((long)filter - 1) * dilation) + 1) - input;
        return padding == Padding.Same ? (int)Math.Max(0, total / 2) : 0;
    }
}

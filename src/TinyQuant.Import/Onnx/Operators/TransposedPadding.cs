using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>What a transposed convolution cuts off, where the file says the size of what is left.</summary>
internal static class TransposedPadding
{
    /// <summary>Rows above and columns left.</summary>
    public static (int Rows, int Columns) Before(Windows windows, Node node)
    {
        bool isGiven = !node.Attributes.Ints("output_shape").IsDefaultOrEmpty;
        if (!isGiven && !windows.Mode.StartsWith("SAME", StringComparison.Ordinal))
        {
            return Images.Pair(windows.Before.AsSpan(), 0);
        }

        // total = stride · (input - 1) + output padding + extent - output; the larger half lies behind with SAME_UPPER.
        int[] before = new int[windows.Input.Length];
        var more = windows.List("output_padding", before.Length, 0);
        for (int d = 0; d < before.Length; d++)
        {
            int total = (windows.Strides[d] * (windows.Input[d] - 1)) + more[d] + windows.Extent(d)
                - node.Output.Shape[d + 2];
            total = Math.Max(0, total);
            before[d] = windows.Mode == "SAME_UPPER" ? total / 2 : total - (total / 2);
        }

        return Images.Pair(before, 0);
    }
}

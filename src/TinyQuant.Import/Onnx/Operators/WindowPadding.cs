using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>
/// The window of a convolution or pool over an image [batches, rows, columns, channels]: what TensorFlow's words say of
/// its paddings is said so, anything else is an image with a border.
/// </summary>
internal sealed class WindowPadding
{
    private readonly (int Rows, int Columns) _before;
    private readonly (int Rows, int Columns) _behind;

    /// <summary>Finds the words.</summary>
    /// <param name="windows">What ONNX says.</param>
    /// <param name="activation">Applied to the output.</param>
    public WindowPadding(Windows windows, Activation activation)
    {
        Filter = Images.Pair(windows.Kernel.AsSpan(), 1);
        (int Rows, int Columns) stride = Images.Pair(windows.Strides.AsSpan(), 1);
        (int Rows, int Columns) dilation = Images.Pair(windows.Dilations.AsSpan(), 1);
        _before = Images.Pair(windows.Before.AsSpan(), 0);
        (int Rows, int Columns) input = Images.Pair(windows.Input.AsSpan(), 1);
        (int Rows, int Columns) output = Images.Pair(windows.Output.AsSpan(), 1);
        Dilation = dilation;

        // What the last window covers behind the image, which may be less than the file says, or more with ceil_mode.
        _behind = (
            ((output.Rows - 1) * stride.Rows) + ((Filter.Rows - 1) * dilation.Rows) + 1 - input.Rows - _before.Rows,
            ((output.Columns - 1) * stride.Columns) + ((Filter.Columns - 1) * dilation.Columns) + 1 - input.Columns
                - _before.Columns);
        bool Says(Padding padding) =>
            Fits(padding, input.Rows, Filter.Rows, stride.Rows, dilation.Rows, output.Rows, _before.Rows)
            && Fits(
                padding, input.Columns, Filter.Columns, stride.Columns, dilation.Columns, output.Columns,
                _before.Columns);
        IsBordered = !Says(Padding.Valid) && !Says(Padding.Same);
        Options = new WindowOptions(
            stride.Rows, stride.Columns, dilation.Rows, dilation.Columns,
            IsBordered || Says(Padding.Valid) ? Padding.Valid : Padding.Same, activation);
    }

    /// <summary>Rows and columns of the window.</summary>
    public (int Rows, int Columns) Filter { get; }

    /// <summary>Rows and columns from one tap to the next.</summary>
    public (int Rows, int Columns) Dilation { get; }

    /// <summary>Whether the image needs a border before anything looks at it.</summary>
    public bool IsBordered { get; }

    /// <summary>The window over the image, or over it with its border.</summary>
    public WindowOptions Options { get; }

    /// <summary>The image with its border of one value.</summary>
    /// <param name="writer">Where it is.</param>
    /// <param name="image">[batches, rows, columns, channels].</param>
    /// <param name="value">Of the border.</param>
    public Tensor Bordered(GraphWriter writer, Tensor image, float value)
    {
        if (!IsBordered)
        {
            return image;
        }

        // Rows behind the last window need not be looked at, but may be there.
        int bottom = Math.Max(0, _behind.Rows), right = Math.Max(0, _behind.Columns);
        ImmutableArray<int> shape = image.Shape
            .SetItem(1, image.Shape[1] + _before.Rows + bottom).SetItem(2, image.Shape[2] + _before.Columns + right);
        Tensor output = writer.New(image.Name, image.Type, shape, image.Quantization);
        ImmutableArray<int> paddings = [0, 0, _before.Rows, bottom, _before.Columns, right, 0, 0];
        writer.Add(value == 0
            ? new Pad(image, output, paddings)
            : new PadV2(image, writer.Number(image.Name, value), output, paddings));
        return output;
    }

    private static bool Fits(
        Padding padding, int input, int filter, int stride, int dilation, int output, int before) =>
        padding.OutputSize(input, filter, stride, dilation) == output
        && padding.Before(input, filter, stride, dilation) == before;
}

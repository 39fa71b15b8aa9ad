using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Convolutions of one or two dimensions.</summary>
internal static class ConvolutionMappings
{
    public static IEnumerable<OnnxMapping> All => [new("Conv", Convolve), new("ConvTranspose", Transposed)];

    private static void Convolve(Network network, Node node, GraphWriter writer)
    {
        Windows windows = ConvolutionRules.WindowsOf(node, 0, 1);
        Value x = node.Required(0), weights = RequireConstant(node, 1, "weights")!;
        Value? bias = RequireConstant(node, 2, "bias");
        int groups = node.Attributes.Int32("group", 1);
        Activation activation = Fusion.Take(network, node);
        var window = new WindowPadding(windows, activation);
        Tensor image = window.Bordered(writer, writer.Read(x, Images.Order(x.Shape), Images.Shape(x.Shape)), 0);

        // One channel of each input a group: as weights [1, rows, columns, outputs].
        bool isDepthwise = groups == x.Shape[1] && groups > 1;
        ImmutableArray<int> filters = [weights.Shape[0], window.Filter.Rows, window.Filter.Columns, weights.Shape[1]];
        Tensor filter = isDepthwise
            ? writer.Read(
                weights, AxisOrder.Of(weights.Shape, [.. Enumerable.Range(1, weights.Rank - 1), 0]),
                [1, filters[1], filters[2], filters[0]])
            : writer.Read(
                weights, AxisOrder.Of(weights.Shape, [0, .. Enumerable.Range(2, weights.Rank - 2), 1]), filters);
        ImmutableArray<Tensor> inputs = bias is null ? [image, filter] : [image, filter, writer.Read(bias)];
        Tensor output = writer.New(node.Output, Images.Shape(node.Output.Shape));
        writer.Add(isDepthwise
            ? new DepthwiseConv2D(inputs, output, window.Options)
            : new Conv2D(inputs, output, window.Options));
        writer.Store(node.Output, output, Images.Order(node.Output.Shape));
    }

    /// <summary>All of what the window reaches, of which the file's paddings cut off the ends.</summary>
    private static void Transposed(Network network, Node node, GraphWriter writer)
    {
        Windows windows = ConvolutionRules.WindowsOf(node, 0, 1);
        Value x = node.Required(0), weights = RequireConstant(node, 1, "weights")!;
        Value? bias = RequireConstant(node, 2, "bias");
        int groups = node.Attributes.Int32("group", 1);
        (int Rows, int Columns) filter = Images.Pair(windows.Kernel.AsSpan(), 1);
        (int Rows, int Columns) stride = Images.Pair(windows.Strides.AsSpan(), 1);
        if (windows.Dilations.Any(d => d != 1) || groups != 1)
        {
            throw new UnsupportedException(
                Invariant($"it has dilations of {Shapes.Text(windows.Dilations)} and {groups} groups; expected 1"));
        }

        ImmutableArray<int> shape = Images.Shape(node.Output.Shape), input = Images.Shape(x.Shape);
        (int Rows, int Columns) before = TransposedPadding.Before(windows, node);
        (int Rows, int Columns) whole = (
            Math.Max(((input[1] - 1) * stride.Rows) + filter.Rows, before.Rows + shape[1]),
            Math.Max(((input[2] - 1) * stride.Columns) + filter.Columns, before.Columns + shape[2]));
        Tensor image = writer.Read(x, Images.Order(x.Shape), input);
        Tensor filters = writer.Read(
            weights, AxisOrder.Of(weights.Shape, [1, .. Enumerable.Range(2, weights.Rank - 2), 0]),
            [weights.Shape[1], filter.Rows, filter.Columns, weights.Shape[0]]);
        ImmutableArray<Tensor> inputs = bias is null ? [image, filters] : [image, filters, writer.Read(bias)];
        Tensor all = writer.New(node.Output, [shape[0], whole.Rows, whole.Columns, shape[3]]);
        writer.Add(new TransposeConv(inputs, all, new WindowOptions(stride.Rows, stride.Columns)));
        if ((whole.Rows, whole.Columns) != (shape[1], shape[2]))
        {
            Tensor part = writer.New(node.Output, shape);
            writer.Add(new Slice(all, part, [0, before.Rows, before.Columns, 0], shape));
            all = part;
        }

        writer.Store(node.Output, all, Images.Order(node.Output.Shape));
    }

    private static Value? RequireConstant(Node node, int input, string what) => node.Input(input) switch
    {
        { IsConstant: false } value => throw new UnsupportedException(
            $"its {what} '{Places.Shown(value.Name)}' are computed; expected constants"),
        Value value => value,
        null => null,
    };
}

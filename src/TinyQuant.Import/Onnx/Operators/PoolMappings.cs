using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Pools over windows of one or two dimensions.</summary>
internal static class PoolMappings
{
    public static IEnumerable<OnnxMapping> All => [new("MaxPool", Maximum), new("AveragePool", Average)];

    private static void Maximum(Network network, Node node, GraphWriter writer)
    {
        WindowPadding window = Window(network, node, isActivated: true);
        Tensor image = window.Bordered(writer, Image(node, writer), float.MinValue);
        Tensor output = writer.New(node.Output, Images.Shape(node.Output.Shape));
        writer.Add(new MaxPool2D(image, output, window.Filter, window.Options));
        writer.Store(node.Output, output, Images.Order(node.Output.Shape));
    }

    private static void Average(Network network, Node node, GraphWriter writer)
    {
        bool countsPadding = node.Attributes.Flag("count_include_pad");
        Windows windows = PoolingRules.WindowsOf(node);
        WindowPadding window = Window(network, node, isActivated: false);

        // What TensorFlow calls same counts what lies in the image alone; with a border each place counts.
        Tensor image = window.Bordered(writer, Image(node, writer), 0);
        Tensor output = writer.New(node.Output, Images.Shape(node.Output.Shape));
        writer.Add(new AveragePool2D(image, output, window.Filter, window.Options));
        writer.Charge((long)output.Shape[1] * output.Shape[2] * sizeof(float));
        float[] factors = [.. Factors(windows, countsPadding, window)];
        bool isWeighed = window.Options.Padding == Padding.Same ? countsPadding : window.IsBordered;
        if (isWeighed && factors.Any(f => f != 1))
        {
            Tensor weights = writer.NewConstant(
                node.Output.Name, [1, output.Shape[1], output.Shape[2], 1], factors);
            output = writer.Times(node.Output.Name, output, weights);
        }

        writer.Store(node.Output, output, Images.Order(node.Output.Shape));
    }

    private static WindowPadding Window(Network network, Node node, bool isActivated)
    {
        Windows windows = PoolingRules.WindowsOf(node);
        if (windows.Dilations.Any(d => d != 1))
        {
            throw new UnsupportedException(
                $"its window has gaps, by dilations of {Shapes.Text(windows.Dilations)}; expected 1");
        }

        return new WindowPadding(windows, isActivated ? Fusion.Take(network, node) : Activation.None);
    }

    private static Tensor Image(Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        return writer.Read(x, Images.Order(x.Shape), Images.Shape(x.Shape));
    }

    /// <summary>For each output, what the kernel divides by over what ONNX does.</summary>
    private static IEnumerable<float> Factors(Windows windows, bool countsPadding, WindowPadding window)
    {
        (int rows, int columns) = Images.Pair([.. windows.Output], 1);
        int space = windows.Output.Length;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int Places(bool counts) => Counted(windows, space - 1, column, counts)
                    * (space == 1 ? 1 : Counted(windows, 0, row, counts));
                int divisor = window.Options.Padding == Padding.Same
                    ? Places(counts: false)
                    : windows.Kernel.Aggregate(1, (p, k) => p * k);
                yield return (float)divisor / Places(countsPadding);
            }
        }
    }

    /// <summary>Places of a window along a dimension that count.</summary>
    private static int Counted(Windows windows, int dimension, int output, bool countsPadding)
    {
        int begin = (output * windows.Strides[dimension]) - windows.Before[dimension];
        int least = countsPadding ? -windows.Before[dimension] : 0;
        int most = windows.Input[dimension] + (countsPadding ? windows.Behind[dimension] : 0);
        return Math.Max(1, Math.Min(begin + windows.Kernel[dimension], most) - Math.Max(begin, least));
    }
}

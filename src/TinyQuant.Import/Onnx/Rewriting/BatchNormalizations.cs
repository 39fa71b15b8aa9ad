using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Rewriting;

/// <summary>
/// Normalizations by known statistics are a factor and a term a channel: those of the convolution or dense layer before
/// them, where nothing else reads what that computes, and else a Mul and an Add.
/// </summary>
internal static class BatchNormalizations
{
    private const float Epsilon = 1e-5f;

    public static void Run(Network network)
    {
        foreach (Node node in network.Nodes.Where(n => n.Is("BatchNormalization")))
        {
            if (Find(node) is not { } scale)
            {
                continue; // refused where it is mapped
            }

            Value x = node.Required(0);
            if (scale.TryFold(x, network))
            {
                network.Replace(node.Output, x);
                network.Remove(node);
                continue;
            }

            Value output = node.Output;
            ImmutableArray<int> shape = [x.Shape[1], .. Enumerable.Repeat(1, x.Rank - 2)];
            Value factor = network.NewConstant(
                output.Name + "_scale", new Constant(shape, scale.Factors.Select(f => (float)f).ToArray()));
            Value term = network.NewConstant(
                output.Name + "_shift", new Constant(shape, scale.Terms.Select(t => (float)t).ToArray()));
            Node product = network.NewBefore(node, "Mul", x, factor);
            (product.Output.Type, product.Output.Shape) = (x.Type, x.Shape);
            Node sum = network.NewBefore(node, "Add", product.Output, term);
            (sum.Output.Type, sum.Output.Shape) = (x.Type, x.Shape);
            network.Replace(output, sum.Output);
            network.Remove(node);
        }
    }

    private static ChannelScale? Find(Node node)
    {
        Constant?[] parameters = [.. Enumerable.Range(1, 4).Select(i => node.Input(i)?.Constant)];
        if (parameters.Any(p => p is null))
        {
            return null;
        }

        int channels = parameters[0]!.Count;
        float epsilon = node.Attributes.Float("epsilon", Epsilon);
        double[] factors = new double[channels], terms = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            factors[c] = parameters[0]!.Floats[c] / Math.Sqrt((double)parameters[3]!.Floats[c] + epsilon);
            terms[c] = parameters[1]!.Floats[c] - (parameters[2]!.Floats[c] * factors[c]);
        }

        return new ChannelScale([.. factors], [.. terms]);
    }
}

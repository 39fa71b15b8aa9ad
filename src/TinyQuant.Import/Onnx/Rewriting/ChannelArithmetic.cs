using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Rewriting;

/// <summary>
/// Constants that are multiplied with or added to the channels of a convolution or dense layer become part of its
/// weights and bias.
/// </summary>
internal static class ChannelArithmetic
{
    public static void Run(Network network)
    {
        foreach (Node node in network.Nodes.Where(n => n.Is("Mul") || n.Is("Add") || n.Is("Sub") || n.Is("Div")))
        {
            if (node.Inputs.Count != 2 || node.Output.Type != OnnxType.Float32)
            {
                continue;
            }

            int constant = node.Required(1).IsConstant ? 1 : 0;
            (Value known, Value x) = (node.Required(constant), node.Required(1 - constant));
            bool isOrdered = constant == 1 || node.Is("Mul") || node.Is("Add");
            if (!known.IsConstant || !isOrdered || x.IsConstant || x.Rank < 2
                || !x.Shape.SequenceEqual(node.Output.Shape) || Channels(known.Constant!, x.Shape) is not { } channels
                || !Of(node.Operator, channels).TryFold(x, network))
            {
                continue;
            }

            network.Replace(node.Output, x);
            network.Remove(node);
        }
    }

    private static ChannelScale Of(string op, ImmutableArray<double> channels)
    {
        ImmutableArray<double> ones = [.. channels.Select(_ => 1.0)], zeros = [.. channels.Select(_ => 0.0)];
        return op switch
        {
            "Mul" => new ChannelScale(channels, zeros),
            "Div" => new ChannelScale([.. channels.Select(c => 1 / c)], zeros),
            "Sub" => new ChannelScale(ones, [.. channels.Select(c => -c)]),
            _ => new ChannelScale(ones, channels),
        };
    }

    /// <summary>
    /// An element for each channel, which are dimension 1; null where the constant is along another one.
    /// </summary>
    private static ImmutableArray<double>? Channels(Constant constant, ImmutableArray<int> shape)
    {
        ImmutableArray<int> padded = constant.Shape.Length > shape.Length
            ? constant.Shape
            : [.. Enumerable.Repeat(1, shape.Length - constant.Shape.Length), .. constant.Shape];
        if (constant.Type != OnnxType.Float32 || padded.Length != shape.Length
            || padded.Where((_, d) => d != 1).Any(s => s != 1) || (padded[1] != 1 && padded[1] != shape[1]))
        {
            return null;
        }

        ReadOnlySpan<double> elements = constant.Doubles;
        var channels = new double[shape[1]];
        for (int c = 0; c < channels.Length; c++)
        {
            channels[c] = elements[elements.Length == 1 ? 0 : c];
        }

        return [.. channels];
    }
}

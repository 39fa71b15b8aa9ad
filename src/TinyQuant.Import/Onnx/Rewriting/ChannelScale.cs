using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Rewriting;

/// <summary>A factor and a term for each channel of what a node computes.</summary>
/// <param name="Factors">What is multiplied with first.</param>
/// <param name="Terms">What is added then.</param>
internal sealed record ChannelScale(ImmutableArray<double> Factors, ImmutableArray<double> Terms)
{
    /// <summary>
    /// Makes weights and bias of the node that computes a value do it; false where it has none that are known, or
    /// something else reads the value.
    /// </summary>
    public bool TryFold(Value value, Network network)
    {
        if (value.Producer is not { } node || value.OnlyReader is null || AxisOf(node) is not { } axis
            || node.Input(1)?.Constant is not { Type: OnnxType.Float32 } weights
            || node.Input(2) is { Constant: not { Type: OnnxType.Float32 } })
        {
            return false;
        }

        int groups = node.Operator == "ConvTranspose" ? node.Attributes.Int32("group", 1) : 1;
        if (weights.Shape[axis] * groups != Factors.Length || groups != 1
            || (node.Input(2) is { } old && old.Constant!.Count != Factors.Length))
        {
            return false;
        }

        string name = node.Output.Name;
        node.SetInput(1, network.NewConstant(name + "_weights", Scaled(weights, axis)));
        ReadOnlySpan<float> bias = node.Input(2) is { } given ? given.Constant!.Floats : default;
        var sums = new float[Factors.Length];
        for (int c = 0; c < sums.Length; c++)
        {
            sums[c] = (float)(((bias.IsEmpty ? 0 : bias[c]) * Factors[c]) + Terms[c]);
        }

        node.SetInput(2, network.NewConstant(name + "_bias", new Constant([sums.Length], sums)));
        return true;
    }

    /// <summary>The dimension of the weights that is the outputs; null where they cannot be scaled.</summary>
    private static int? AxisOf(Node node) => node.Domain.Length > 0 ? null : node.Operator switch
    {
        "Conv" => 0,
        "ConvTranspose" => 1,
        "Gemm" when node.Attributes.Float("alpha", 1) == 1 && node.Attributes.Float("beta", 1) == 1 =>
            node.Attributes.Flag("transB") ? 0 : 1,
        _ => null,
    };

    private Constant Scaled(Constant weights, int axis)
    {
        int inner = (int)Shapes.Count(weights.Shape.AsSpan()[(axis + 1)..]);
        var scaled = new float[weights.Count];
        ReadOnlySpan<float> elements = weights.Floats;
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (float)(elements[i] * Factors[i / inner % Factors.Length]);
        }

        return new Constant(weights.Shape, scaled);
    }
}

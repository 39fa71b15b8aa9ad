using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>What the operators with weights have in common.</summary>
/// <param name="Input">The activations.</param>
/// <param name="Weights">The weights.</param>
/// <param name="Bias">The bias; null where there is none.</param>
/// <param name="ChannelAxis">The dimension of the weights that runs over output channels.</param>
internal sealed record WeightedOperator(Tensor Input, Tensor Weights, Tensor? Bias, int ChannelAxis)
{
    /// <summary>An operator seen so; null where it has no weights.</summary>
    public static WeightedOperator? Of(Operator op) => op switch
    {
        FullyConnected dense => new(dense.Input, dense.Weights, dense.Bias, 0),
        Conv2D conv => new(conv.Input, conv.Weights, conv.Bias, 0),
        DepthwiseConv2D depthwise => new(depthwise.Input, depthwise.Weights, depthwise.Bias, 3),
        _ => null,
    };
}

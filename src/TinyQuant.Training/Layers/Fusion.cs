using TinyQuant.Model;
using TinyQuant.Training.Export;

namespace TinyQuant.Training.Layers;

/// <summary>What follows a layer and becomes part of its operator.</summary>
/// <param name="Norm">A batch normalization, folded into weights and bias.</param>
/// <param name="Activation">An activation.</param>
internal sealed record Fusion(BatchNormLayer? Norm = null, Activation Activation = Activation.None)
{
    /// <summary>Adds a layer's weights and bias, with the normalization in them: w' = w s and b' = b s + t.</summary>
    public (Tensor Weights, Tensor Bias) Constants(GraphBuilder graph, LinearLayer layer)
    {
        float[] weights = [.. layer.Weights.Values];
        float[] bias = [.. layer.Bias.Values];
        if (Norm is not null)
        {
            int channels = bias.Length;
            int perChannel = weights.Length / channels;
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] *= Norm.Affine(layer.ChannelAxis == 0 ? i / perChannel : i % channels).Scale;
            }

            for (int c = 0; c < channels; c++)
            {
                (float scale, float shift) = Norm.Affine(c);
                bias[c] = (bias[c] * scale) + shift;
            }
        }

        return (graph.Constant(layer.Weights.Name, layer.Weights.Shape, weights),
            graph.Constant(layer.Bias.Name, layer.Bias.Shape, bias));
    }
}

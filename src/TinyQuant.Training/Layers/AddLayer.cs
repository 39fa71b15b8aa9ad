using System.Numerics.Tensors;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;
using Tensor = TinyQuant.Model.Tensor;

namespace TinyQuant.Training.Layers;

/// <summary>left + right, of one shape: the end of a residual branch. An <see cref="Add"/> in the model.</summary>
public sealed class AddLayer(string name, FeatureShape shape) : Layer(name, shape, shape, shape)
{
    /// <inheritdoc/>
    public override void Forward(Pass pass, IReadOnlyList<float[]> inputs, float[] output) =>
        BatchShards.Run(pass.Batch, (_, first, count) =>
        TensorPrimitives.Add(
            inputs[0].AsSpan(first * InputLength, count * InputLength),
            inputs[1].AsSpan(first * InputLength, count * InputLength),
            output.AsSpan(first * InputLength, count * InputLength)));

    /// <inheritdoc/>
    public override void Backward(
        Pass pass, IReadOnlyList<float[]> inputs, float[] output, float[] outputGradient,
        IReadOnlyList<float[]?> inputGradients)
    {
        foreach (float[] gradient in inputGradients.OfType<float[]>()) // none for the network's input
        {
            outputGradient.AsSpan(0, pass.Batch * InputLength).CopyTo(gradient);
        }
    }

    internal override Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion)
    {
        Tensor output = graph.Activation(outputName, OutputShape.TensorShape);
        graph.Add(new Add([inputs[0], inputs[1]], output, fusion.Activation));
        return output;
    }
}

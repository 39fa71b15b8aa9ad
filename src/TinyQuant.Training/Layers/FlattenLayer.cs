using TinyQuant.Model;
using TinyQuant.Training.Export;

namespace TinyQuant.Training.Layers;

/// <summary>The same elements in the same order as a vector.</summary>
public sealed class FlattenLayer(string name, FeatureShape input)
    : UnaryLayer(name, input, FeatureShape.Vector(input.Length))
{
    private protected override void Forward(Pass pass, float[] input, float[] output) =>
        input.AsSpan(0, pass.Batch * InputLength).CopyTo(output);

    private protected override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        if (inputGradient is not null)
        {
            outputGradient.AsSpan(0, pass.Batch * InputLength).CopyTo(inputGradient);
        }
    }

    internal override Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion)
    {
        Tensor output = graph.Activation(outputName, OutputShape.TensorShape);
        graph.Add(new Reshape(inputs[0], output));
        return output;
    }
}

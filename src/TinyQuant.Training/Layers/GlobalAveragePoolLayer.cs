using System.Numerics.Tensors;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;
using Tensor = TinyQuant.Model.Tensor;

namespace TinyQuant.Training.Layers;

/// <summary>The mean of each channel over the image, as a vector; a <see cref="Mean"/> in the model.</summary>
public sealed class GlobalAveragePoolLayer(string name, FeatureShape input)
    : UnaryLayer(name, input, FeatureShape.Vector(input.Channels))
{
    private float Factor => (float)InputShape.Channels / InputLength;

    private protected override void Forward(Pass pass, float[] input, float[] output) =>
        BatchShards.Run(pass.Batch, (_, first, count) =>
    {
        for (int i = first; i < first + count; i++)
        {
            Span<float> mean = output.AsSpan(i * OutputLength, OutputLength);
            SumRows.Into(input.AsSpan(i * InputLength, InputLength), mean);
            TensorPrimitives.Multiply(mean, Factor, mean);
        }
    });

    private protected override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        if (inputGradient is null)
        {
            return;
        }

        BatchShards.Run(pass.Batch, (_, first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                for (int at = i * InputLength; at < (i + 1) * InputLength; at += OutputLength)
                {
                    TensorPrimitives.Multiply(
                        outputGradient.AsSpan(i * OutputLength, OutputLength), Factor,
                        inputGradient.AsSpan(at, OutputLength));
                }
            }
        });
    }

    internal override Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion)
    {
        Tensor output = graph.Activation(outputName, OutputShape.TensorShape);
        graph.Add(new Mean(inputs[0], output, [1, 2]));
        return output;
    }
}

using System.Numerics.Tensors;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Numerics;
using Tensor = TinyQuant.Model.Tensor;

namespace TinyQuant.Training.Layers;

/// <summary>
/// max(x, 0), or min(max(x, 0), 6); part of the operator before it wherever there is one that takes it.
/// </summary>
public sealed class ReluLayer : UnaryLayer
{
    private const float Six = 6;

    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique in its network.</param>
    /// <param name="shape">The shape of an example.</param>
    /// <param name="isRelu6">Whether it also cuts at 6.</param>
    public ReluLayer(string name, FeatureShape shape, bool isRelu6 = false)
        : base(name, shape, shape) => IsRelu6 = isRelu6;

    /// <summary>Whether it also cuts at 6.</summary>
    public bool IsRelu6 { get; }

    /// <summary>The same as part of an operator.</summary>
    public Activation Activation => IsRelu6 ? Activation.Relu6 : Activation.Relu;

    private protected override void Forward(Pass pass, float[] input, float[] output) =>
        BatchShards.Run(pass.Batch, (_, first, count) =>
    {
        Span<float> target = output.AsSpan(first * InputLength, count * InputLength);
        TensorPrimitives.Max(input.AsSpan(first * InputLength, target.Length), 0f, target);
        if (IsRelu6)
        {
            TensorPrimitives.Min(target, Six, target);
        }
    });

    private protected override void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient)
    {
        if (inputGradient is null)
        {
            return;
        }

        float limit = IsRelu6 ? Six : float.PositiveInfinity;
        BatchShards.Run(pass.Batch, (_, first, count) => OpenInterval.Pass(
            output.AsSpan(first * InputLength, count * InputLength), limit,
            outputGradient.AsSpan(first * InputLength, count * InputLength),
            inputGradient.AsSpan(first * InputLength, count * InputLength)));
    }

    internal override Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion)
    {
        Tensor output = graph.Activation(outputName, OutputShape.TensorShape);
        graph.Add(IsRelu6 ? new Relu6(inputs[0], output) : new Relu(inputs[0], output));
        return output;
    }
}

using TinyQuant.Model;
using TinyQuant.Training.Export;

namespace TinyQuant.Training.Layers;

/// <summary>A differentiable function of a batch of vectors.</summary>
public abstract class Layer
{
    /// <summary>Elements of one input.</summary>
    public abstract int InputLength { get; }

    /// <summary>Elements of one output.</summary>
    public abstract int OutputLength { get; }

    /// <summary>What training changes.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Computes outputs [batch, OutputLength] from inputs [batch, InputLength].</summary>
    public abstract void Forward(ReadOnlySpan<float> input, Span<float> output, int batch);

    /// <summary>
    /// From d loss / d output [batch, OutputLength], sets the gradients of all parameters and, unless
    /// <paramref name="inputGradient"/> is empty, writes d loss / d input [batch, InputLength] to it.
    /// </summary>
    public abstract void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int batch);

    /// <summary>Adds the layer's constants and operators to a float32 graph.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="input">What the layer reads, [1, InputLength].</param>
    /// <param name="outputName">The name of the tensor that it writes.</param>
    /// <returns>The tensor that it writes, [1, OutputLength].</returns>
    public abstract Tensor AddTo(GraphBuilder graph, Tensor input, string outputName);
}

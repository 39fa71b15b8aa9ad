using TinyQuant.Model;
using TinyQuant.Training.Export;

namespace TinyQuant.Training.Layers;

/// <summary>A differentiable function of a batch of examples. It may keep what its backward pass needs.</summary>
public abstract class Layer
{
    private protected Layer(string name, FeatureShape output, params FeatureShape[] inputs)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        OutputShape = output;
        InputShapes = inputs;
    }

    /// <summary>Unique in its network; the prefix of its parameters' names.</summary>
    public string Name { get; }

    /// <summary>The shape of one example of each input.</summary>
    public IReadOnlyList<FeatureShape> InputShapes { get; }

    /// <summary>The shape of one example of the output.</summary>
    public FeatureShape OutputShape { get; }

    /// <summary>Elements of one example of the first input.</summary>
    public int InputLength => InputShapes[0].Length;

    /// <summary>Elements of one example of the output.</summary>
    public int OutputLength => OutputShape.Length;

    /// <summary>What training changes.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>What else a trained layer is made of, such as running means.</summary>
    public virtual IReadOnlyList<float[]> State => [];

    /// <summary>Computes outputs [batch, OutputLength] from inputs [batch, length of the input].</summary>
    public abstract void Forward(Pass pass, IReadOnlyList<float[]> inputs, float[] output);

    /// <summary>
    /// From d loss / d output [batch, OutputLength], sets the gradients of all parameters and writes d loss / d input
    /// to each input gradient that is not null. It follows a <see cref="Forward"/> of the same values.
    /// </summary>
    public abstract void Backward(
        Pass pass, IReadOnlyList<float[]> inputs, float[] output, float[] outputGradient,
        IReadOnlyList<float[]?> inputGradients);

    /// <summary>Adds the layer's constants and operators to a float32 graph.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="inputs">What the layer reads.</param>
    /// <param name="outputName">The name of the tensor that it writes.</param>
    /// <param name="fusion">What follows the layer and becomes part of its operator.</param>
    /// <returns>The tensor that it writes; its input where there is nothing to do.</returns>
    internal abstract Tensor AddTo(GraphBuilder graph, IReadOnlyList<Tensor> inputs, string outputName, Fusion fusion);

    /// <summary>Name and shapes, for messages.</summary>
    public override string ToString() =>
        $"{Name} {string.Join(" + ", InputShapes.Select(s => s.ToString()))} -> {OutputShape}";
}

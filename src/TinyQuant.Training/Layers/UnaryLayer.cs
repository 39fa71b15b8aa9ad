namespace TinyQuant.Training.Layers;

/// <summary>A layer with one input.</summary>
public abstract class UnaryLayer : Layer
{
    private protected UnaryLayer(string name, FeatureShape input, FeatureShape output)
        : base(name, output, input)
    {
    }

    /// <summary>The shape of one example of the input.</summary>
    public FeatureShape InputShape => InputShapes[0];

    /// <inheritdoc/>
    public sealed override void Forward(Pass pass, IReadOnlyList<float[]> inputs, float[] output) =>
        Forward(pass, inputs[0], output);

    /// <inheritdoc/>
    public sealed override void Backward(
        Pass pass, IReadOnlyList<float[]> inputs, float[] output, float[] outputGradient,
        IReadOnlyList<float[]?> inputGradients) =>
        Backward(pass, inputs[0], output, outputGradient, inputGradients[0]);

    private protected abstract void Forward(Pass pass, float[] input, float[] output);

    private protected abstract void Backward(
        Pass pass, float[] input, float[] output, float[] outputGradient, float[]? inputGradient);
}

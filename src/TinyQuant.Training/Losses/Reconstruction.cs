namespace TinyQuant.Training.Losses;

/// <summary>Mean squared error against the input itself: what an autoencoder is trained for.</summary>
public sealed class Reconstruction : Objective
{
    /// <inheritdoc/>
    public override (double Loss, int Correct) Compute(
        ReadOnlySpan<int> examples, ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs, Span<float> gradient) =>
        (MeanSquaredError.Compute(outputs, inputs, gradient), 0);
}

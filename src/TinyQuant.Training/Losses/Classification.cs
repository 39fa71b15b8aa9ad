namespace TinyQuant.Training.Losses;

/// <summary>Softmax cross-entropy against labels.</summary>
/// <param name="labels">The class of each example.</param>
/// <param name="smoothing">The part of a label that is spread over all classes.</param>
public sealed class Classification(ReadOnlyMemory<byte> labels, float smoothing = 0) : Objective
{
    /// <inheritdoc/>
    public override (double Loss, int Correct) Compute(
        ReadOnlySpan<int> examples, ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs, Span<float> gradient)
    {
        byte[] batch = new byte[examples.Length];
        for (int i = 0; i < batch.Length; i++)
        {
            batch[i] = labels.Span[examples[i]];
        }
        return SoftmaxCrossEntropy.Compute(outputs, batch, gradient, smoothing);
    }
}

namespace TinyQuant.Training.Losses;

/// <summary>Softmax cross-entropy against labels.</summary>
/// <param name="labels">The class of each example.</param>
/// <param name="smoothing">The part of a label that is spread over all classes.</param>
/// <param name="balances">Whether each class counts as much as any other, whatever the number of its examples.</param>
public sealed class Classification(ReadOnlyMemory<byte> labels, float smoothing = 0, bool balances = false) : Objective
{
    private readonly float[] _weights = balances ? Weights(labels.Span) : [];

    /// <inheritdoc/>
    public override (double Loss, int Correct) Compute(
        ReadOnlySpan<int> examples, ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs, Span<float> gradient)
    {
        byte[] batch = new byte[examples.Length];
        float[] weights = new float[_weights.Length > 0 ? batch.Length : 0];
        for (int i = 0; i < batch.Length; i++)
        {
            batch[i] = labels.Span[examples[i]];
            if (weights.Length > 0)
            {
                weights[i] = _weights[batch[i]];
            }
        }

        return SoftmaxCrossEntropy.Compute(outputs, batch, gradient, smoothing, weights);
    }

    /// <summary>The weight of an example of each class: their mean over all examples is 1.</summary>
    private static float[] Weights(ReadOnlySpan<byte> labels)
    {
        int[] counts = new int[byte.MaxValue + 1];
        foreach (byte label in labels)
        {
            counts[label]++;
        }

        int classes = counts.Count(c => c > 0);
        int examples = labels.Length;
        return [.. counts.Select(c => c > 0 ? (float)((double)examples / ((double)classes * c)) : 0)];
    }
}

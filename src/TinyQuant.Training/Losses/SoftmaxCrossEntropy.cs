using System.Numerics.Tensors;

namespace TinyQuant.Training.Losses;

/// <summary>Mean over a batch of -ln softmax(scores)[label], and how many labels had the highest score.</summary>
public static class SoftmaxCrossEntropy
{
    /// <summary>The loss and its gradient, (softmax(scores) - one-hot(label)) / batch.</summary>
    /// <param name="scores">[batch, classes].</param>
    /// <param name="labels">[batch], each below the number of classes.</param>
    /// <param name="gradient">Receives d loss / d scores, [batch, classes].</param>
    /// <param name="smoothing">
    /// The part of the label that is spread over all classes alike (Szegedy et al., "Rethinking the Inception
    /// Architecture", 2016); in [0, 1).
    /// </param>
    /// <param name="weights">[batch]: how much each example counts, in loss and gradient; empty for 1 each.</param>
    /// <returns>The mean loss in nats, and the number of correct answers.</returns>
    public static (double Loss, int Correct) Compute(
        ReadOnlySpan<float> scores, ReadOnlySpan<byte> labels, Span<float> gradient, float smoothing = 0,
        ReadOnlySpan<float> weights = default)
    {
        int classes = scores.Length / labels.Length;
        if (scores.Length != classes * labels.Length || gradient.Length != scores.Length
            || (!weights.IsEmpty && weights.Length != labels.Length))
        {
            throw new ArgumentException(
                $"{scores.Length} scores, {gradient.Length} gradients and {weights.Length} weights do not fit "
                    + $"{labels.Length} labels.");
        }

        int correct = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * classes, classes);
            int best = TensorPrimitives.IndexOfMax(row);
            correct += best == labels[i] ? 1 : 0;
            TensorPrimitives.Subtract(row, row[best], gradient.Slice(i * classes, classes));
        }

        double loss = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            Span<float> row = gradient.Slice(i * classes, classes);
            double shifted = ((1 - (double)smoothing) * row[labels[i]])
                + (smoothing == 0 ? 0 : smoothing * (double)TensorPrimitives.Average<float>(row));
            TensorPrimitives.Exp(row, row);
            double sum = 0;
            foreach (float exponential in row)
            {
                sum += exponential;
            }

            loss += (Math.Log(sum) - shifted) * (weights.IsEmpty ? 1 : weights[i]);
            TensorPrimitives.Divide(row, (float)(sum * labels.Length), row);
            if (smoothing > 0)
            {
                TensorPrimitives.Subtract(row, smoothing / (classes * labels.Length), row);
            }

            row[labels[i]] -= (1 - smoothing) / labels.Length;
            if (!weights.IsEmpty)
            {
                TensorPrimitives.Multiply(row, weights[i], row);
            }
        }

        return (loss / labels.Length, correct);
    }
}

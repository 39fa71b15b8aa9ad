using TinyQuant.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Losses;
using TinyQuant.Training.Numerics;

namespace TinyQuant.Training;

/// <summary>Takes batches of examples through a network.</summary>
internal sealed class BatchRunner(Network network, Examples examples, Objective objective, ulong seed)
{
    /// <summary>Sets the gradients of one batch; the mean loss and the number of correct answers.</summary>
    public (double Loss, int Correct) Backpropagate(ReadOnlySpan<int> batch, int epoch, long step)
    {
        Read(batch, epoch);
        (double, int) result = Compute(batch, new Pass(batch.Length, IsTraining: true, seed, step));
        network.Backward();
        return result;
    }

    /// <summary>Mean loss and accuracy on examples as they are, in the network as it is outside of training.</summary>
    public (double Loss, double Accuracy) Measure(
        ReadOnlySpan<int> indices, int batchSize, CancellationToken cancellation)
    {
        double loss = 0;
        int correct = 0;
        for (int first = 0; first < indices.Length; first += batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<int> batch = indices.Slice(first, Math.Min(batchSize, indices.Length - first));
            Read(batch, epoch: 0);
            (double batchLoss, int batchCorrect) = Compute(batch, new Pass(batch.Length));
            loss += batchLoss * batch.Length;
            correct += batchCorrect;
        }

        return (loss / indices.Length, (double)correct / indices.Length);
    }

    private (double Loss, int Correct) Compute(ReadOnlySpan<int> batch, Pass pass)
    {
        ReadOnlySpan<float> outputs = network.Forward(pass);
        return objective.Compute(batch, network.Input(batch.Length), outputs, network.OutputGradient(batch.Length));
    }

    private void Read(ReadOnlySpan<int> batch, int epoch)
    {
        int[] indices = [.. batch];
        BatchShards.Run(indices.Length, (_, first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                examples.Read(indices[i], epoch, network.InputBuffer.Span.Slice(i * examples.Length, examples.Length));
            }
        });
    }
}

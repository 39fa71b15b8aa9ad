namespace TinyQuant.Training;

/// <summary>Where training is, after a batch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">How many there are.</param>
/// <param name="Batch">The batches of this epoch that are done, from 1.</param>
/// <param name="Batches">The batches of an epoch.</param>
/// <param name="Loss">Mean cross-entropy of this epoch's images so far, in nats, each as it was trained on.</param>
/// <param name="Accuracy">The fraction of them that was classified correctly.</param>
/// <param name="Elapsed">Time since training began.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Batch, int Batches, double Loss, double Accuracy, TimeSpan Elapsed)
{
    /// <summary>The part of all training that is done, in (0, 1].</summary>
    public double Fraction => (((Epoch - 1.0) * Batches) + Batch) / ((double)Epochs * Batches);

    /// <summary>Time left if the rest goes as fast as what is done.</summary>
    public TimeSpan Remaining => Elapsed * ((1 - Fraction) / Fraction);
}

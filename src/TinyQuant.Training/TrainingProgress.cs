namespace TinyQuant.Training;

/// <summary>Where training is, after a batch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">How many there are.</param>
/// <param name="Batch">The batches of this epoch that are done, from 1.</param>
/// <param name="Batches">The batches of an epoch.</param>
/// <param name="Loss">Mean loss of this epoch's examples so far (cross-entropy in nats), each as it was trained
/// on.</param>
/// <param name="Accuracy">The fraction of them that was classified correctly.</param>
/// <param name="Elapsed">Time since training began, or went on.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Batch, int Batches, double Loss, double Accuracy, TimeSpan Elapsed)
{
    /// <summary>The epoch before this run's first: it may have gone on where another ended.</summary>
    public int EpochsBefore { get; init; }

    /// <summary>What the held-out examples gave after the last whole epoch; null where there was none.</summary>
    public EpochResult? Last { get; init; }

    /// <summary>The part of all training that is done, in (0, 1].</summary>
    public double Fraction => (((Epoch - 1.0) * Batches) + Batch) / ((double)Epochs * Batches);

    /// <summary>Time left if the rest goes as fast as what is done.</summary>
    public TimeSpan Remaining => Elapsed * ((1 - Fraction) / (Fraction - ((double)EpochsBefore / Epochs)));
}

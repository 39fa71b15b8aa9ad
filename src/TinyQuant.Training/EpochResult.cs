namespace TinyQuant.Training;

/// <summary>What an epoch gave: a point of the training curves.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean loss over the epoch, each example as it was trained on.</param>
/// <param name="Accuracy">The fraction of correct answers, likewise.</param>
/// <param name="ValidationLoss">Mean loss on the held-out examples after the epoch; NaN without any.</param>
/// <param name="ValidationAccuracy">The fraction of correct answers on them; NaN without any.</param>
public readonly record struct EpochResult(
    int Epoch, double Loss, double Accuracy, double ValidationLoss, double ValidationAccuracy)
{
    /// <summary>
    /// Whether it did better on the held-out examples: more correct answers, or as many with less loss.
    /// </summary>
    public bool IsBetterThan(EpochResult other) => ValidationAccuracy > other.ValidationAccuracy
        || (ValidationAccuracy == other.ValidationAccuracy && ValidationLoss < other.ValidationLoss);
}

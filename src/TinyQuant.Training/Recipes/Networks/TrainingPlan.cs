namespace TinyQuant.Training.Recipes;

/// <summary>
/// How much to hold out and how long to train where nobody says: by the number of examples. What decides whether a
/// network has learned is the number of its steps, so that few examples are seen in smaller batches and more often.
/// </summary>
public static class TrainingPlan
{
    /// <summary>Steps that a small data set gets at least.</summary>
    internal const int LeastSteps = 2000;

    private const int LeastEpochs = 20;
    private const int LeastBatch = 16;
    private const int MostBatch = 128;
    private const int StepsOfAnEpoch = 16; // at least, where batches can be made smaller
    private const int PatiencePart = 4;

    /// <summary>
    /// Examples to hold out: a tenth, at most 5,000. Of fewer than 1,000 that are too few to choose an epoch by: up to
    /// 100, at most a fifth. None of fewer than 10.
    /// </summary>
    /// <param name="examples">Examples to learn from, those to be held out included.</param>
    public static int HeldOut(int examples) =>
        examples < 10 ? 0 : Math.Min(5000, Math.Max(examples / 10, Math.Min(100, examples / 5)));

    /// <summary>
    /// Options for some number of examples: held-out ones, batch, epochs, and the patience after which training ends
    /// early.
    /// </summary>
    /// <param name="options">All else.</param>
    /// <param name="examples">Examples to learn from, those to be held out included; at least 1.</param>
    /// <param name="batchSize">Examples a step, where that is known; null for a choice.</param>
    /// <param name="epochs">How often each is seen, where that is known: then patience does not end it. Null for a
    /// choice.</param>
    public static TrainingOptions Fit(TrainingOptions options, int examples, int? batchSize = null, int? epochs = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        int heldOut = HeldOut(examples);
        int left = examples - heldOut;
        int batch = batchSize ?? Batch(left);
        int steps = (left + batch - 1) / batch;
        int often = epochs ?? Math.Max(LeastEpochs, (LeastSteps + steps - 1) / steps);
        return options with
        {
            ValidationExamples = heldOut,
            BatchSize = batch,
            Epochs = often,
            Patience = epochs is null && heldOut > 0 ? often / PatiencePart : 0,
        };
    }

    /// <summary>The greatest power of 2 that leaves enough steps to an epoch.</summary>
    private static int Batch(int examples)
    {
        int batch = MostBatch;
        while (batch > LeastBatch && examples / batch < StepsOfAnEpoch)
        {
            batch /= 2;
        }

        return batch;
    }
}

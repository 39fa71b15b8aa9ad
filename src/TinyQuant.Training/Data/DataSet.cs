using System.Collections.Immutable;

namespace TinyQuant.Training.Data;

/// <summary>A data set, whole and verified.</summary>
/// <param name="Name"><c>mnist</c>, <c>fashion-mnist</c>, <c>strokes</c>, or that of a user's own.</param>
/// <param name="Train">What to train on.</param>
/// <param name="Test">What to measure on; never trained on.</param>
/// <param name="ClassNames">The name of each class, in the order of the labels.</param>
/// <param name="Source">Where it came from, for people to read.</param>
public sealed record DataSet(
    string Name,
    LabelledExamples Train,
    LabelledExamples Test,
    ImmutableArray<string> ClassNames,
    string Source)
{
    /// <summary>What to train on, where it is pictures.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public LabelledImages TrainImages => Images(Train);

    /// <summary>What to measure on, where it is pictures.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public LabelledImages TestImages => Images(Test);

    private static LabelledImages Images(LabelledExamples examples) =>
        examples as LabelledImages ?? throw new ArgumentException($"{examples.Name} holds real numbers; expected images.");
}

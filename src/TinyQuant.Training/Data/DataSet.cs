using System.Collections.Immutable;

namespace TinyQuant.Training.Data;

/// <summary>A data set, whole and verified.</summary>
/// <param name="Name"><c>mnist</c>, <c>fashion-mnist</c> or <c>strokes</c>.</param>
/// <param name="Train">What to train on.</param>
/// <param name="Test">What to measure on; never trained on.</param>
/// <param name="ClassNames">The name of each class, in the order of the labels.</param>
/// <param name="Source">Where it came from, for people to read.</param>
public sealed record DataSet(
    string Name,
    LabelledImages Train,
    LabelledImages Test,
    ImmutableArray<string> ClassNames,
    string Source);

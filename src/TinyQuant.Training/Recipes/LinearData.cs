using System.Collections.Immutable;

namespace TinyQuant.Training.Recipes;

/// <summary>What a recipe learns from and is measured on.</summary>
/// <param name="Name">The data set's name, for example <c>mnist</c>.</param>
/// <param name="Train">What it learns from, and what calibration looks at.</param>
/// <param name="Test">What it is measured on; never learned from.</param>
/// <param name="ClassNames">The names of the classes, in the order of the labels.</param>
public sealed record LinearData(
    string Name, LabelledPixels Train, LabelledPixels Test, ImmutableArray<string> ClassNames);

using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>Examples with the names of their classes.</summary>
/// <param name="Examples">The examples.</param>
/// <param name="ClassNames">The name of each class, in the order of the labels.</param>
internal sealed record NamedExamples(LabelledExamples Examples, ImmutableArray<string> ClassNames);

using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>A data set, and what there is to say about how it was found.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Notes">
/// Sentences for people: places passed over, a damaged file in the cache, and why <c>auto</c> fell back. Often none.
/// </param>
public sealed record DataSetLoadResult(DataSet Data, ImmutableArray<string> Notes);

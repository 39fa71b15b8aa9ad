using System.Collections.Immutable;

namespace TinyQuant.Import.Values;

/// <summary>
/// What a slice takes of each dimension of its input: element j is input index <c>begin + j * stride</c>, for j below
/// the size. Always within the input.
/// </summary>
internal sealed record SliceRanges(ImmutableArray<int> Begin, ImmutableArray<int> Size, ImmutableArray<int> Strides);

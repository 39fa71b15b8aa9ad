using System.Collections.Immutable;

namespace TinyQuant.Import.Values;

/// <summary>Integers that are known while importing: axes, shapes, paddings, and what is computed of them.</summary>
/// <param name="Shape">Dimensions of 0 or more.</param>
/// <param name="Values">As many as the shape says, row by row.</param>
internal sealed record IntegerTensor(ImmutableArray<int> Shape, ImmutableArray<long> Values);

using System.Collections.Immutable;

namespace TinyQuant.Import.Operators;

/// <summary>An operator as a model file has it, over the tensor indexes of the file it came from.</summary>
internal sealed record MappedOperator(
    string Kind, ImmutableArray<int> Inputs, ImmutableArray<int> Outputs, ImmutableArray<KeyValuePair<string, string>> Attributes);

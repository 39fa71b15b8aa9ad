using System.Collections.Immutable;

namespace TinyQuant.Import.Tflite.State;

/// <summary>What a subgraph does with variables, those that it runs included.</summary>
/// <param name="Variables">Which ones it reads or assigns.</param>
/// <param name="Assigns">Whether it assigns one.</param>
internal sealed record VariableUses(ImmutableHashSet<Variable> Variables, bool Assigns)
{
    public static VariableUses None { get; } = new([], Assigns: false);

    public VariableUses With(VariableUses other) =>
        new(Variables.Union(other.Variables), Assigns || other.Assigns);
}

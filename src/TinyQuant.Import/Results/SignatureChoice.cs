using System.Collections.Immutable;

namespace TinyQuant.Import;

/// <summary>Which signature of a file became the model, where there are others to choose.</summary>
/// <param name="Chosen">Its name; null where none was asked for and the first subgraph, which is taken then, has
/// none.</param>
/// <param name="All">The names of all of them, in the file's order.</param>
public sealed record SignatureChoice(string? Chosen, ImmutableArray<string> All)
{
    /// <summary>What was chosen, and from what, for people.</summary>
    public override string ToString()
    {
        string all = string.Join(", ", All.Select(n => $"'{n}'"));
        return Chosen is not null
            ? $"signature '{Chosen}' of {all}"
            : $"the first subgraph, which is none of the file's signatures {all}";
    }
}

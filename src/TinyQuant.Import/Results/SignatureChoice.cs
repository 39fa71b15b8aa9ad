using System.Collections.Immutable;

namespace TinyQuant.Import;

/// <summary>Which signature of a file that has several became the model.</summary>
/// <param name="Chosen">Its name.</param>
/// <param name="All">The names of all of them, in the file's order.</param>
public sealed record SignatureChoice(string Chosen, ImmutableArray<string> All)
{
    /// <summary>What was chosen, and from what, for people.</summary>
    public override string ToString() => $"signature '{Chosen}' of {string.Join(", ", All.Select(n => $"'{n}'"))}";
}

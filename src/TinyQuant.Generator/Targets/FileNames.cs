using System.Collections.Immutable;

namespace TinyQuant.Generator;

/// <summary>
/// The names of generated files. The compiler tells them apart without case, and C# its types with it: where two types
/// differ in nothing else, each name says which of its letters are capitals.
/// </summary>
internal static class FileNames
{
    /// <summary>The names that several types would have.</summary>
    public static EquatableArray<string> Shared(ImmutableArray<string> names) =>
        new([.. names.Distinct(StringComparer.Ordinal)
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1)
        .SelectMany(same => same).OrderBy(name => name, StringComparer.Ordinal)]);

    /// <summary>The name of a type's files, without what tells these apart.</summary>
    public static string Of(TargetShape shape, EquatableArray<string> shared) =>
        shared.Contains(shape.HintName, StringComparer.Ordinal)
            ? $"{shape.HintName}.{Capitals(shape.HintName)}"
            : shape.HintName;

    private static string Capitals(string name) => string.Join("-",
        Enumerable.Range(0, name.Length).Where(i => char.IsUpper(name[i])).Select(i => Invariant($"{i}")));
}

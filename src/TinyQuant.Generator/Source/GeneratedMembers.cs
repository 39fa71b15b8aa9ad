namespace TinyQuant.Generator;

/// <summary>
/// Declares members of the user's type, each with the attributes by which tools know generated code. The type itself
/// has none: it is the user's, and so is what else is in it.
/// </summary>
internal static class GeneratedMembers
{
    private const string NotCovered = "[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]";

    /// <summary>The version of what generates, which is one on every machine.</summary>
    private static readonly string s_generated =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"TinyQuant\", "
            + $"\"{typeof(GeneratedMembers).Assembly.GetName().Version}\")]";

    /// <summary>A constant or a field: neither has code that tests could cover.</summary>
    public static SourceWriter Field(this SourceWriter writer, string declaration) =>
        writer.Lines(s_generated, declaration);

    /// <summary>The first line of a method or property whose body is an expression.</summary>
    public static SourceWriter Member(this SourceWriter writer, string declaration) =>
        writer.Lines(s_generated, NotCovered, declaration);

    /// <summary>Opens the block of a method or a type.</summary>
    public static SourceWriter OpenMember(this SourceWriter writer, string header) =>
        writer.Lines(s_generated, NotCovered).Open(header);
}

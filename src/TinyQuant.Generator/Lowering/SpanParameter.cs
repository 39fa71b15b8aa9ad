namespace TinyQuant.Generator;

/// <summary>A span of the caller's as a parameter of the generated methods.</summary>
internal static class SpanParameter
{
    /// <summary>Type and name, as in a parameter list.</summary>
    public static string Declaration(CallerSpan span) =>
        $"{(span.IsInput ? TypeNames.ReadOnlySpan(span.Tensor.Type) : TypeNames.Span(span.Tensor.Type))} {span.Name}";

    /// <summary>The declarations of several, in a row.</summary>
    public static string Declarations(IEnumerable<CallerSpan> spans) => string.Join(", ", spans.Select(Declaration));

    /// <summary>The line of XML documentation for the parameter.</summary>
    public static string Documentation(CallerSpan span) =>
        $"/// <param name=\"{span.Name}\">{Literals.Comment(TensorDocumentation.Describe(span.Tensor))}.</param>";
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>An input or output of the model: a span that the caller passes to <c>Run</c>.</summary>
/// <param name="Tensor">What it holds.</param>
/// <param name="Name">The parameter.</param>
/// <param name="Prefix">Of its constants: Input, Output, or these with a number from 1 where there are several.</param>
/// <param name="IsInput">Whether the model reads it.</param>
internal sealed record CallerSpan(Tensor Tensor, string Name, string Prefix, bool IsInput)
{
    /// <summary>The constant that holds its length.</summary>
    public string LengthConstant => Prefix + "Length";

    /// <summary>Type and name, as in a parameter list.</summary>
    public string Declaration => $"{(IsInput ? TypeNames.ReadOnlySpan(Tensor.Type) : TypeNames.Span(Tensor.Type))} {Name}";

    /// <summary>The line of XML documentation for the parameter.</summary>
    public string Documentation => $"/// <param name=\"{Name}\">{Literals.Comment(TensorDocumentation.Describe(Tensor))}.</param>";
}

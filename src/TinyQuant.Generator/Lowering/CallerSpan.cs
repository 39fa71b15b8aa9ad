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
}

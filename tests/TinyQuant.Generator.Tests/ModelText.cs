using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TinyQuant.Generator.Tests;

/// <summary>A model file as the compiler hands it to a generator.</summary>
internal sealed class ModelText(string path, string text, string? source = null) : AdditionalText
{
    /// <summary>What the build made it of; null for nothing.</summary>
    public string? Source { get; } = source;

    public override string Path { get; } = path;

    public override SourceText GetText(CancellationToken cancellationToken = default) =>
        SourceText.From(text, System.Text.Encoding.UTF8);
}

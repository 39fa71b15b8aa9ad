using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TinyQuant.Generator.Tests;

/// <summary>The metadata of model files, as the build hands them to a generator.</summary>
/// <param name="tracesLayers">Whether the code tells what each operator computes.</param>
internal sealed class ModelOptions(bool tracesLayers = false) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(null, tracesLayers);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Options((textFile as ModelText)?.Source, tracesLayers);

    private sealed class Options(string? source, bool tracesLayers) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key switch
            {
                "build_metadata.AdditionalFiles.TinyQuantSource64" when source is not null => Convert.ToBase64String(
                    Encoding.UTF8.GetBytes(source)),
                "build_property.TinyQuantTraceLayers" when tracesLayers => "true",
                _ => null,
            };
            return value is not null;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TinyQuant.Generator.Tests;

/// <summary>The metadata of model files, as the build hands them to a generator.</summary>
internal sealed class ModelOptions : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(null);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options((textFile as ModelText)?.Source);

    private sealed class Options(string? source) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == "build_metadata.AdditionalFiles.TinyQuantSource64" && source is not null
                ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(source)) : null;
            return value is not null;
        }
    }
}

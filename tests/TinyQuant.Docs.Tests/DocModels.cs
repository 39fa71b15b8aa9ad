using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>
/// The models that C# of the pages names: those of <c>weights/</c>, and those that a reader would have.
/// </summary>
internal static class DocModels
{
    private static readonly Lazy<ImmutableArray<AdditionalText>> s_files = new(() =>
    [
        .. Directory.EnumerateFiles(Repository.File("weights"), "*.tqm")
        .Select(file => new ModelFile(file, file, null)),
        // of the template
        new ModelFile("models/digits.tqm", Repository.File("weights", "mnist-linear.int8.tqm"), null),
        // as the build imports it
        new ModelFile("obj/kws.tqm", Repository.File("samples", "Keywords", "kws_ref_model.tqm"), "models/kws.tflite"),
    ]);

    public static ImmutableArray<AdditionalText> Files => s_files.Value;

    public static AnalyzerConfigOptionsProvider Options { get; } = new Sources();

    private sealed class ModelFile(string path, string file, string? source) : AdditionalText
    {
        public override string Path => path;

        public string? Source => source;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(File.ReadAllText(file), Encoding.UTF8);
    }

    private sealed class Sources : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Metadata(null);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            new Metadata((textFile as ModelFile)?.Source);
    }

    private sealed class Metadata(string? source) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key switch
            {
                "build_metadata.AdditionalFiles.TinyQuantSource" => source,
                "build_metadata.AdditionalFiles.TinyQuantSource64" => source is null
                    ? null
                    : Convert.ToBase64String(Encoding.UTF8.GetBytes(source)),
                _ => null,
            };
            return value is not null;
        }
    }
}

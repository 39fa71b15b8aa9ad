using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TinyQuant.Generator;

/// <summary>
/// Bakes model files into the types that name them. Targets and files are read apart and joined by a look-up;
/// lowering sees neither positions nor budgets, so that a line added above the attribute leaves the code as it is.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<TargetSpec> targets = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                TargetReader.AttributeName, (node, _) => node is TypeDeclarationSyntax, TargetReader.Read)
            .Where(target => target is not null)
            .Select((target, _) => target!)
            .WithTrackingName(TrackingNames.Targets);
        IncrementalValuesProvider<ModelFile> files = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(ModelFile.Extension, StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select((pair, _) => (Text: pair.Left, Source: ModelFile.SourceOf(pair.Left, pair.Right)))
            .Select((file, cancellation) => ModelFile.Read(file.Text, file.Source, cancellation))
            .WithTrackingName(TrackingNames.ModelFiles);
        IncrementalValuesProvider<JoinedModel> joined = targets.Combine(files.Collect())
            .Select((pair, _) => JoinedModel.Of(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Joined);
        IncrementalValuesProvider<GeneratedModel> generated = joined
            .Where(model => model.Target.Errors.Length == 0) // nothing can be added to a type that is not fit for it
            .Combine(context.AnalyzerConfigOptionsProvider.Select((options, _) => TracesLayers(options.GlobalOptions)))
            .Select((pair, _) => pair.Left.ToLoweringInput(pair.Right))
            .Select(GenerationStep.Generate)
            .WithTrackingName(TrackingNames.Lowered);

        IncrementalValueProvider<EquatableArray<string>> shared = targets.Select((target, _) => target.Shape.HintName)
            .Collect()
            .Select((names, _) => FileNames.Shared(names));
        Output(context, generated.Where(m => m.Code.Length > 0).Combine(shared)
            .Select((m, _) => new GeneratedFile(FileNames.Of(m.Left.Shape, m.Right) + ".g.cs", m.Left.Code))
            .WithTrackingName(TrackingNames.Code));
        Output(context, generated.Where(m => m.Weights.Length > 0).Combine(shared)
            .Select((m, _) => new GeneratedFile(FileNames.Of(m.Left.Shape, m.Right) + ".weights.g.cs", m.Left.Weights))
            .WithTrackingName(TrackingNames.Weights));

        Report(context, files.SelectMany((file, _) => file.Errors.Items));
        Report(context, files.SelectMany((file, _) => file.Warnings.Items));
        Report(context, joined.SelectMany((model, _) => model.Errors.Items));
        Report(context, generated.SelectMany((model, _) => model.Errors.Items));
        Report(context, joined.Combine(generated.Collect()).SelectMany((pair, _) => Check(pair.Left, pair.Right)));
    }

    /// <summary>For a comparison layer by layer: what <c>tinyquant verify --layers</c> turns on.</summary>
    private static bool TracesLayers(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.TinyQuantTraceLayers", out string? value) && value == "true";

    /// <summary>What is wrong between a target and its model, at a position that generating must not know.</summary>
    private static ImmutableArray<DiagnosticInfo> Check(JoinedModel joined, ImmutableArray<GeneratedModel> generated)
    {
        GeneratedModel? model = generated.FirstOrDefault(m => m.Shape == joined.Target.Shape);
        return model is null ? []
            : [.. CollisionChecker.Check(joined.Target, model.Collisions),
                .. model.Cost is null ? [] : BudgetChecker.Check(joined.Target, model.Cost)];
    }

    private static void Output(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<GeneratedFile> files) =>
        context.RegisterSourceOutput(files, (output, file) =>
            output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8)));

    /// <summary>
    /// The compilation is looked at only where there is something to report, so no other step depends on it.
    /// </summary>
    private static void Report(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticInfo> diagnostics) =>
        context.RegisterSourceOutput(diagnostics.Combine(context.CompilationProvider), (output, pair) =>
            output.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));

    private sealed record GeneratedFile(string HintName, string Text);
}

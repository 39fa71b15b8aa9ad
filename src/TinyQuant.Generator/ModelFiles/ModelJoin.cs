using System.Collections.Immutable;

namespace TinyQuant.Generator;

/// <summary>A target with the file it names, if there is exactly one.</summary>
internal sealed record JoinedModel(TargetSpec Target, ModelFile? File, EquatableArray<DiagnosticInfo> Errors)
{
    /// <summary>A look-up only: it runs again whenever any file changes.</summary>
    public static JoinedModel Of(TargetSpec target, ImmutableArray<ModelFile> files)
    {
        ImmutableArray<ModelFile> found = PathMatcher.Find(files, target.ModelPath);
        if (found.Length == 1)
        {
            return new JoinedModel(target, found[0], target.Errors);
        }

        string Paths(IEnumerable<ModelFile> candidates) => string.Join(", ", candidates.Select(f => f.Source));
        DiagnosticInfo error = found.Length > 1
            ? new DiagnosticInfo(Descriptors.FileAmbiguous, target.Location, target.ModelPath, Paths(found))
            : new DiagnosticInfo(Descriptors.FileNotFound, target.Location, target.ModelPath, files.IsEmpty
                ? "an item such as <TinyQuantModel Include=\"" + target.ModelPath + "\" />"
                : "one of: " + Paths(files));
        return new JoinedModel(target, null, new EquatableArray<DiagnosticInfo>([.. target.Errors, error]));
    }

    /// <summary>What code and weights depend on: no positions and no budgets.</summary>
    public LoweringInput ToLoweringInput(bool tracesLayers) =>
        new(Target.Shape, File, Errors.Length > 0 || File is { Graph: null }, tracesLayers);
}

/// <summary>What code and weights depend on.</summary>
/// <param name="Shape">The type they are added to.</param>
/// <param name="File">The model; null where none was found.</param>
/// <param name="Failed">Whether an error is reported already, so that only the public surface is wanted.</param>
/// <param name="TracesLayers">Whether the code tells what each operator computes, for a comparison layer by
/// layer.</param>
internal sealed record LoweringInput(TargetShape Shape, ModelFile? File, bool Failed, bool TracesLayers);

using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary>One run of <c>tinyquant compare</c> over given files.</summary>
internal sealed class ModelComparison(IReadOnlyList<(string Name, Graph Graph)> models, int differences)
{
    public async Task RunAsync(
        Func<IReadOnlyList<Graph>, Task<DataSet>> load, string? sheet, string? json, CancellationToken cancellation)
    {
        DataSet set = await load([.. models.Select(m => m.Graph)]);
        LabelledExamples images = set.Test;
        LabelledImages? pictures = sheet is null ? null : set.TestImages;
        (IReadOnlyList<ComparisonRow> rows, Disagreements found) = await ProgressDisplay.RunAsync("Comparing",
            progress =>
            (Comparison.Run(models, images, progress, cancellation),
                Disagreements.Of([.. models.Select(m => m.Graph)], images, differences)));
        ModelTable.Write(rows, found, images);
        if (pictures is not null)
        {
            AtomicFile.WriteAllBytes(sheet!, PictureSheet.Draw(found.Largest, pictures, models[0].Graph.Labels));
            Screen.Line($"Wrote {sheet}");
        }

        if (json is not null)
        {
            AtomicFile.WriteAllText(json, ComparisonJson.Write(rows, found, images));
            Screen.Line($"Wrote {json}");
        }
    }
}

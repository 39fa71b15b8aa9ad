using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Output;

/// <summary>What the figures of a quantized model mean, and what to do, where there is something to say.</summary>
internal static class QuantizationAdvice
{
    public static IEnumerable<string> Of(QuantizationReport report)
    {
        double lost = report.RealAccuracy - report.Accuracy;
        if (report.Search is { } search)
        {
            if (!report.IsKeptWhereChosen)
            {
                yield return Say(
                    $"No format keeps --max-loss {100 * search.MaxLoss:0.###}: int8 throughout loses {100 * lost:F2} points. See --method and --qat.");
            }
            else if (!report.IsWithinBudget)
            {
                yield return Say(
                    $"--max-loss {100 * search.MaxLoss:0.###} is kept on the {report.Images.Noun} that chose; on the {report.Images.Count:N0} that did not, the model loses {100 * lost:F2} points.");
            }

            yield break;
        }

        if (report.Remedies is { Helped: true } help)
        {
            yield return Say(
                $"As asked for it loses {100 * (report.RealAccuracy - report.PlainAccuracy!.Value):F2} points; with {help.Words}, the best of {help.Tried} ways by training {report.Images.Noun}, {100 * lost:F2}. --plain keeps to what is asked for.");
        }
        else if (report.Remedies is { } tried)
        {
            yield return Say(
                $"It loses {100 * lost:F2} points, and none of {tried.Tried} ways without training helps (--equalize, --bias-correction, --method).");
        }

        if (lost > TrainingWarnings.NoticeableLoss && report.AwareEpochs is null)
        {
            yield return "To lose less: "
                + (report.Options.Weights == WeightFormat.Int4 ? "--group 32, which takes some bytes, or " : "")
                + "--qat 4, which trains with weights and activations rounded.";
        }
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}

using System.Globalization;
using TinyQuant.Data;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Recipes;

/// <summary>
/// What those who trained a network should know about it, and what they can do; nothing is said of one that went well.
/// </summary>
public static class TrainingWarnings
{
    /// <summary>Accuracy that quantizing may cost before something is said, as a fraction of 1: 2 points.</summary>
    public const double NoticeableLoss = 0.02;

    private const double Fall = 0.9; // the mean loss of the last fifth of the epochs over that of the fifth before
    private const int Windows = 5;

    /// <summary>A sentence or two for each, the worst first.</summary>
    /// <param name="model">The models, as measured on the test half.</param>
    /// <param name="directory">Where they were written, for the commands that are named; empty for beside the
    /// reader.</param>
    public static IReadOnlyList<string> Of(TrainedNetwork model, string directory = "")
    {
        ArgumentNullException.ThrowIfNull(model);
        return
        [
            .. Guessing(model),
            .. Unanswered(model),
            .. StillFalling(model),
            .. FeatureSizes.Describe(model.Data) is { } sizes ? [sizes] : Array.Empty<string>(),
            .. Quantized(model, directory),
        ];
    }

    /// <summary>
    /// Whether the loss was still falling when training ended: its mean in the last fifth of the epochs is less by a
    /// tenth than in the fifth before.
    /// </summary>
    /// <param name="history">What each epoch gave.</param>
    public static bool IsStillFalling(IReadOnlyList<EpochResult> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        int window = Math.Max(1, history.Count / Windows);
        return history.Count >= 2 * window && history.Count > 1
            && Falls(e => e.Loss)
            && (double.IsNaN(history[^1].ValidationLoss) || Falls(e => e.ValidationLoss));

        bool Falls(Func<EpochResult, double> loss) =>
            history.TakeLast(window).Average(loss) < Fall * history.SkipLast(window).TakeLast(window).Average(loss);
    }

    private static IEnumerable<string> Guessing(TrainedNetwork model)
    {
        byte[] labels = model.Data.Labels.ToArray();
        int most = labels.CountBy(l => l).MaxBy(c => c.Value).Key;
        ConfusionMatrix confusion = model.Float.Confusion;
        double guess = (double)confusion.Count(most) / confusion.Total;
        string name = Name(model, most);
        if (confusion.Accuracy <= guess)
        {
            yield return Invariant($"The model is no better than guessing: it finds {confusion.Accuracy:P2} of ")
                + Invariant($"the test {model.Data.Noun}, and '{name}' for every one would be right for {guess:P2}. ")
                + "Train longer (--epochs), with another rate (--learning-rate) or other layers; bring values to "
                + "about one range; and look whether the classes are those you meant.";
        }
        else if (model.Int8.Confusion.Accuracy <= guess)
        {
            yield return Invariant($"In int8 the model is no better than guessing: it finds ")
                + Invariant($"{model.Int8.Confusion.Accuracy:P2} of the test {model.Data.Noun}, and '{name}' for ")
                + Invariant($"every one would be right for {guess:P2}.");
        }
    }

    private static IEnumerable<string> Unanswered(TrainedNetwork model)
    {
        for (int c = 0; c < model.Float.Confusion.Classes; c++)
        {
            bool real = IsMissed(model.Float.Confusion, c);
            if (!real && !IsMissed(model.Int8.Confusion, c))
            {
                continue;
            }

            ConfusionMatrix confusion = real ? model.Float.Confusion : model.Int8.Confusion;
            bool never = Enumerable.Range(0, confusion.Classes).All(label => confusion[label, c] == 0);
            int learned = model.Data.Labels.Span.Count((byte)c);
            yield return Invariant($"{(real ? "" : "In int8 ")}'{Name(model, c)}' is ")
                + Invariant($"{(never ? "never answered" : "never found")}: of its {confusion.Count(c):N0} test ")
                + Invariant($"{model.Data.Noun} none is recognized. ")
                + (learned * confusion.Classes < model.Data.Count / 2 || learned == 0
                    ? Invariant($"Only {learned:N0} of {model.Data.Count:N0} training {model.Data.Noun} are of ")
                        + "it: collect more, or let each class count as much (--balance)."
                    : "Train longer, or with other layers.");
        }
    }

    private static bool IsMissed(ConfusionMatrix confusion, int label) =>
        confusion.Count(label) > 0 && confusion[label, label] == 0;

    private static IEnumerable<string> StillFalling(TrainedNetwork model)
    {
        if (IsStillFalling(model.History))
        {
            yield return Invariant($"The loss was still falling when training ended, after {model.History.Count} ")
                + Invariant($"epochs: more of them (--epochs {2 * model.History.Count}) or a higher rate ")
                + "(--learning-rate) may do better.";
        }
    }

    private static IEnumerable<string> Quantized(TrainedNetwork model, string directory)
    {
        foreach ((MeasuredModel quantized, int bits) in new[] { (model.Int8, 8), (model.Int4, 4) }.Where(m =>
            m.Item1 is not null).Select(m => (
            m.Item1!, m.Item2)))
        {
            double loss = model.Float.Confusion.Accuracy - quantized.Confusion.Accuracy;
            if (loss > NoticeableLoss && loss * quantized.Confusion.Total > 1.5)
            {
                string from = model.Recipe.DataPath is { } path ? $" --from {path}" : "";
                string options = bits == 8
                    ? ""
                    : model.Recipe.Weights == WeightFormat.Int4Groups ? " --bits 4 --group 32" : " --bits 4";
                string file = Path.Combine(directory, model.Recipe.Name);
                yield return Invariant($"int{bits} loses {100 * loss:F1} points against float32. 'tinyquant ")
                    + Invariant($"quantize {file}.fp32.tqm{from}{options} --output {file}.int{bits}.tqm' tries ")
                    + "what helps without training"
                    + (model.Aware is null ? "; 'train' with --qat trains with the codes." : ".");
            }
        }
    }

    private static string Name(TrainedNetwork model, int label) =>
        label < model.Float.Graph.Labels.Length
            ? model.Float.Graph.Labels[label]
            : label.ToString(CultureInfo.InvariantCulture);

}

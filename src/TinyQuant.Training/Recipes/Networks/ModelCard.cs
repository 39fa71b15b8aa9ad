using System.Globalization;
using System.Text;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Recipes;

/// <summary>A model's description for people, in Markdown.</summary>
internal static class ModelCard
{
    public static string Write(TrainedNetwork model, IReadOnlyList<(string Title, string File)> pictures)
    {
        NetworkRecipe recipe = model.Recipe;
        Graph graph = model.Int8.Graph;
        var card = new StringBuilder();
        card.Append(CultureInfo.InvariantCulture, $"""
            # {recipe.Name}

            {graph.Inputs[0].ShapeText} in, {graph.Labels.Length} classes out: {string.Join(", ", graph.Labels.Select(Shown))}.

            - data: {Shown(model.Float.Graph.Metrics[0].DataSet.Split('/')[0])}, {model.Data.Count:N0} training and {model.Float.Confusion.Total:N0} test {model.Data.Noun}
            - layers: `{recipe.Layers}`
            - training: {Describe(recipe.Training, model.Data.Noun)}, {model.History.Count} epochs run
            - quantization-aware training: {(recipe.QuantizationAware is { } aware ? Describe(aware, model.Data.Noun) : "none")}
            - {graph.Macs:N0} multiply-accumulates, {graph.ConstantBytes:N0} bytes of weights and biases in int8, {model.Float.Graph.ConstantBytes:N0} in float32{Int4Bytes(model)}

            | | accuracy on {Shown(model.Float.Graph.Metrics[0].DataSet)} |
            | --- | ---: |

            """);
        Row(card, "float32", model.Float.Confusion.Accuracy);
        Row(card, "int8, quantized after training", model.PostTraining.Confusion.Accuracy);
        if (model.Int4PostTraining is { } int4)
        {
            Row(card, $"{recipe.Weights.Describe()}, quantized after training", int4.Confusion.Accuracy);
        }

        if (model.Aware is not null)
        {
            string format = model.Int4 is null ? "int8" : recipe.Weights.Describe();
            Row(card, $"{format}, after quantization-aware training", model.Aware.Confusion.Accuracy);
        }

        card.Append(CultureInfo.InvariantCulture,
            $"\nMeasured on the models' own generated code.\n\n| class | {model.Data.Noun} | float32 | int8 |\n| --- | ---: | ---: | ---: |\n");
        for (int c = 0; c < graph.Labels.Length; c++)
        {
            card.Append(
                CultureInfo.InvariantCulture, $"| {Shown(graph.Labels[c])} | {model.Int8.Confusion.Count(c)} | ")
                .Append(CultureInfo.InvariantCulture,
                    $"{model.Float.Confusion.AccuracyOf(c):P2} | {model.Int8.Confusion.AccuracyOf(c):P2} |\n");
        }

        IReadOnlyList<string> warnings = TrainingWarnings.Of(model);
        if (warnings.Count > 0)
        {
            card.Append("\n## What to know\n\n").Append(string.Join("\n", warnings.Select(w => $"- {Shown(w)}")))
                .Append('\n');
        }

        foreach ((string title, string file) in pictures)
        {
            card.Append(CultureInfo.InvariantCulture, $"\n![{title}]({file})\n");
        }

        return card.ToString();
    }

    /// <summary>
    /// Names of classes and data, which anyone may have chosen, as text that ends neither a cell nor a line.
    /// </summary>
    private static string Shown(string text) =>
        Printable.Text(text).Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Int4Bytes(TrainedNetwork model) => model.Int4 is { } int4
        ? string.Create(CultureInfo.InvariantCulture,
            $", {int4.Graph.ConstantBytes:N0} in int4; weights and their scales "
            + $"{WeightBytes.Of(int4.Graph):N0} against {WeightBytes.Of(model.Int8.Graph):N0} in int8")
        : "";

    private static void Row(StringBuilder card, string name, double accuracy) =>
        card.Append(CultureInfo.InvariantCulture, $"| {name} | {accuracy:P2} |\n");

    private static string Describe(TrainingOptions options, string noun) => string.Create(CultureInfo.InvariantCulture,
        $"{options.Optimizer.Kind}, at most {options.Epochs} epochs, batch {options.BatchSize}, learning rate "
            + $"{options.Schedule}, seed {options.Seed}, "
        + $"{options.ValidationExamples:N0} {noun} held out{(options.BalancesClasses ? ", classes balanced" : "")}"
        + $"{(options.Patience > 0 ? $", patience of {options.Patience} epochs" : "")}");
}

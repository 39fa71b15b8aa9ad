using System.Globalization;
using System.Text;
using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Training.Recipes;

/// <summary>The description of an anomaly detector for people, in Markdown.</summary>
internal static class AnomalyCard
{
    /// <summary>False alarms at which the card says how many faults are found.</summary>
    private static readonly double[] s_falseAlarms = [0.001, 0.01, 0.05];

    public static string Write(AnomalyModels models, IReadOnlyList<(string Title, string File)> pictures)
    {
        Graph graph = models.Static.Graph;
        TrainingOptions training = models.Training;
        var card = new StringBuilder();
        card.Append(CultureInfo.InvariantCulture, $"""
            # {AnomalyRecipe.Name}

            {graph.Inputs[0].ShapeText} in, the same out: the spectrum of a window of vibration, and what the model makes of it. The mean of the squared differences is the score.

            - data: a procedural stream, {models.Data.Train.Count:N0} windows of a healthy machine to learn from, {models.Data.Validation.Count:N0} others to choose thresholds by, {models.Data.Test.Count:N0} to test, {models.Data.IsFaulty.Count(f => f):N0} of them with a fault
            - layers: `{AnomalyRecipe.Layers}`
            - training: {training.Optimizer.Kind}, {training.Epochs} epochs, batch {training.BatchSize}, learning rate {training.Schedule}, seed {training.Seed}
            - {graph.Macs:N0} multiply-accumulates, {graph.ConstantBytes:N0} bytes of weights and biases in int8, {models.Float.Graph.ConstantBytes:N0} in float32

            | | AUC on {graph.Metrics[0].DataSet} |
            | --- | ---: |
            | float32 | {models.Float.Area:F4} |
            | int8, quantized after training | {models.Static.Area:F4} |
            | a threshold on the window's root mean square | {models.LoudnessArea:F4} |

            Measured on the models' own generated code. A threshold is the lowest with so many false alarms among the windows that choose; what it does is measured on the test windows.

            | false alarms wanted | threshold, int8 | false alarms, int8 | faults found, int8 | float32 |
            | ---: | ---: | ---: | ---: | ---: |

            """);
        foreach (double falseAlarms in s_falseAlarms)
        {
            float threshold = RankStatistics.Threshold(models.Static.ValidationErrors, falseAlarms);
            float real = RankStatistics.Threshold(models.Float.ValidationErrors, falseAlarms);
            card.Append(CultureInfo.InvariantCulture,
                $"| {falseAlarms:P1} | {threshold:G4} | {Above(models.Static, threshold, false):P1} | {Above(models.Static, threshold, true):P1} | {Above(models.Float, real, true):P1} |\n");
        }

        foreach ((string title, string file) in pictures)
        {
            card.Append(CultureInfo.InvariantCulture, $"\n![{title}]({file})\n");
        }

        return card.ToString();

        double Above(MeasuredDetector model, float threshold, bool isFaulty) =>
            model.Errors.Where((_, i) => models.Data.IsFaulty[i] == isFaulty).Average(e => e > threshold ? 1.0 : 0);
    }
}

using System.Globalization;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Tool.Output;
using TinyQuant.Training;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Commands;

/// <summary>One run of <c>tinyquant quantize</c>.</summary>
/// <param name="graph">The float32 model.</param>
/// <param name="set">What it learned from and is measured on.</param>
/// <param name="asked">How it is to be quantized.</param>
/// <param name="calibrationImages">Training images that calibration looks at.</param>
/// <param name="awareEpochs">Epochs of quantization-aware training; null for none.</param>
/// <param name="maxLoss">Accuracy that a search of formats may lose, as a fraction of 1; null for no search.</param>
/// <param name="help">What may be tried where more is lost than is worth a word.</param>
internal sealed class Quantizing(
    Graph graph, DataSet set, PostTrainingOptions asked, int calibrationImages, int? awareEpochs, double? maxLoss,
    Help help)
{
    private const int RemedyImages = 2000;
    private const int SearchImages = 4000;
    private const int ErrorImages = 200;

    private readonly List<GraphRunner> _runners = [];

    public async Task RunAsync(string? output, string? json, CancellationToken cancellation)
    {
        try
        {
            QuantizationReport report = await ProgressDisplay.RunAsync("Quantizing", task => Run(task, cancellation));
            QuantizationTable.Write(report);
            if (output is not null)
            {
                AtomicFile.WriteAllText(output, ModelWriter.Write(report.Graph));
                Screen.Line($"Wrote {output}");
            }

            if (json is not null)
            {
                AtomicFile.WriteAllText(json, QuantizationJson.Write(report));
                Screen.Line($"Wrote {json}");
            }
        }
        finally
        {
            _runners.ForEach(r => r.Dispose());
        }
    }

    private QuantizationReport Run(ProgressTask task, CancellationToken cancellation)
    {
        var quantizer = new PostTrainingQuantizer(graph, Runner, () => Images(calibrationImages), set.Train.Range);
        (LabelledExamples choosing, LabelledExamples test) = maxLoss is null
            ? (set.Train, set.Test)
            : TestHalves.Of(set.Test);
        RemedyResult? remedies = help == Help.None || maxLoss is not null || awareEpochs is not null
            ? null
            : Remedies(quantizer, task, cancellation);
        PostTrainingOptions options = remedies?.Options ?? asked;
        double real = ModelAccuracy.Measure(graph, test);
        double? plain = remedies is { Helped: true }
            ? ModelAccuracy.Measure(quantizer.Quantize(asked, null, cancellation), test)
            : null;
        var methods = new List<(CalibrationMethod, double)>();
        Graph quantized = graph;
        foreach (CalibrationMethod method in CalibrationMethods.All)
        {
            task.Description = $"Ranges by {method.Word()}";
            Graph candidate = quantizer.Quantize(options with { Method = method }, null, cancellation);
            methods.Add((method, ModelAccuracy.Measure(candidate, test)));
            quantized = method == options.Method ? Measured(candidate, methods[^1].Item2, test) : quantized;
            task.Increment(0.1);
        }

        (Graph source, Calibration calibration) = quantizer.Calibrate(options, cancellation);
        if (awareEpochs is { } epochs)
        {
            (source, Calibration ranges, _) = QuantizationAwareTrainer.Train(
                source, calibration, set.Train, Recipe(epochs), options.Weights,
                new SynchronousProgress<TrainingProgress>(p => Show(task, p)), cancellation: cancellation);
            quantized = StaticQuantizer.Quantize(source, ranges, options.Weights);
            quantized = Measured(quantized, ModelAccuracy.Measure(quantized, test), test);
        }

        (FormatSearchResult? found, bool isKept) = (null, true);
        if (maxLoss is { } budget)
        {
            task.Description = "Searching formats";
            (found, isKept) = Search(quantizer, choosing, budget,
                new SynchronousProgress<double>(f => task.Value = 0.4 + (f * 0.55)), cancellation);
            quantized = Measured(found.Graph, ModelAccuracy.Measure(found.Graph, test), test);
        }

        task.Description = "Layer by layer";
        return new QuantizationReport(graph, real, quantized, options, methods, awareEpochs, found, test,
            LayerErrors.Of(source, quantized, Images(ErrorImages)))
        {
            Remedies = remedies,
            PlainAccuracy = plain,
            IsKeptWhereChosen = isKept,
        };
    }

    /// <summary>
    /// Where much is lost on training images, what helps there; null where little is. The test images, which measure
    /// it, have no say.
    /// </summary>
    private RemedyResult? Remedies(PostTrainingQuantizer quantizer, ProgressTask task, CancellationToken cancellation)
    {
        task.Description = "Looking at what is lost";
        LabelledExamples images = set.Train.Take(RemedyImages);
        double plain = ModelAccuracy.Measure(quantizer.Quantize(asked, null, cancellation), images);
        if (ModelAccuracy.Measure(graph, images) - plain <= TrainingWarnings.NoticeableLoss)
        {
            return null;
        }

        task.Description = "Trying what helps";
        return new RemedySearch(quantizer, asked, g => ModelAccuracy.Measure(g, images)).Run(
            plain, help == Help.WithMethod, cancellation);
    }

    /// <summary>
    /// On the last training images, since calibration looks at the first ones; what it takes must hold on half of the
    /// test images too.
    /// </summary>
    private (FormatSearchResult Found, bool IsKept) Search(
        PostTrainingQuantizer quantizer, LabelledExamples choosing, double budget, IProgress<double> progress,
        CancellationToken cancellation)
    {
        double real = ModelAccuracy.Measure(graph, choosing);
        int first = Math.Max(0, set.Train.Count - SearchImages);
        float[][] inputs = [.. Enumerable.Range(first, set.Train.Count - first).Select(i =>
        {
            float[] input = new float[set.Train.Length];
            set.Train.ReadReals(i, input);
            return input;
        })];
        bool Holds(Graph candidate) =>
            QuantizationReport.IsWithin(budget, real, ModelAccuracy.Measure(candidate, choosing), choosing.Count);
        FormatSearchResult found = new FormatSearch(
            quantizer, asked, g => RealOutputs.Of(g, inputs), set.Train.Labels[first..], Holds).Run(
            budget, progress, cancellation);
        return (found, Holds(found.Graph));
    }

    private TrainingOptions Recipe(int epochs)
    {
        NetworkRecipe recipe = NetworkRecipes.Find(graph.Name)
            ?? NetworkRecipes.Recipe(graph.Name, set.Name, "", epochs, augmentation: null);
        TrainingOptions aware =
            (recipe with { Weights = asked.Weights }).WithQuantizationAware(epochs).QuantizationAware!;
        return aware with
        {
            ValidationExamples = Math.Min(
            aware.ValidationExamples, TrainingPlan.HeldOut(set.Train.Count))
        };
    }

    private static Graph Measured(Graph quantized, double accuracy, LabelledExamples test) =>
        quantized with { Metrics = [new Metric("accuracy", accuracy, test.Name, test.Count)] };

    private GraphRunner Runner(Graph real)
    {
        _runners.Add(new GraphRunner(real));
        return _runners[^1];
    }

    private IEnumerable<float[]> Images(int count)
    {
        float[] input = new float[set.Train.Length];
        for (int i = 0; i < Math.Min(count, set.Train.Count); i++)
        {
            set.Train.ReadReals(i, input);
            yield return input;
        }
    }

    private static void Show(ProgressTask task, TrainingProgress p)
    {
        task.Value = 0.4 + (p.Fraction * 0.55);
        task.Description = string.Create(CultureInfo.InvariantCulture,
            $"Quantization-aware: epoch {p.Epoch} of {p.Epochs}  loss {p.Loss:F4}  accuracy {p.Accuracy:P2}");
    }
}

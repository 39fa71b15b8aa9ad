using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Evaluation;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Model;
using TinyQuant.Report;
using TinyQuant.Report.Pages;
using TinyQuant.Tool.Files;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary>One run of <c>tinyquant report</c>.</summary>
/// <param name="sources">The models.</param>
/// <param name="options">What their pages are to have.</param>
/// <param name="images">Labelled pictures; null for none.</param>
internal sealed class Reporting(IReadOnlyList<ReportSource> sources, ReportOptions options, LabelledExamples? images)
{
    private const int TwinImages = 200;

    public async Task RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<ReportedModel> models = await ProgressDisplay.RunAsync(
            "Reporting", task => Run(task, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (models.Count == 1)
        {
            Write(options.Html, ModelPage.Write(models[0]));
            return;
        }

        var pages = models.Select((model, i) => (Model: model, File: PageNames.Beside(options.Html, sources[i].Name)))
            .ToList();
        foreach ((ReportedModel model, string file) in pages)
        {
            Write(file, ModelPage.Write(model));
        }

        Write(options.Html, IndexPage.Write([.. pages.Select(p => (p.Model, Path.GetFileName(p.File)))]));
    }

    private static void Write(string path, string page)
    {
        AtomicFile.WriteAllText(path, page);
        Screen.Line($"Wrote {path}");
    }

    private IReadOnlyList<ReportedModel> Run(ProgressTask task, CancellationToken cancellation) =>
        [.. sources.Select((source, i) =>
    {
        double part = 1.0 / sources.Count;
        ReportedModel model = source.Model;
        void Start(string activity)
        {
            cancellation.ThrowIfCancellationRequested();
            task.Description = Screen.Cell($"{source.Name}: {activity}");
        }

        if (images is not null)
        {
            Start("answers");
            model = model with { Answers = new MeasuredAnswers(images.Name, Confusion(model.Graph, images)) };
        }

        if (options.Twin is { } twin)
        {
            Start("against its twin");
            model = model with { Twin = TwinErrors.Of(ModelFiles.Load(twin, rounding: null), model.Graph,
                TwinInputs(model.Graph), cancellation) with { Twin = PageNames.Shown(twin) } };
        }

        if (options.Budget > TimeSpan.Zero)
        {
            Start("latency");
            var progress = new SynchronousProgress<double>(f => task.Value = (i + f) * part);
            LayerTimes times = LayerLatency.Measure(model.Graph, options.Budget, progress, cancellation);
            model = model with { Times = new MeasuredTimes(
                times, DotUnits.Int8, DotUnits.Float32, Machine.Describe()) };
        }

        task.Value = (i + 1) * part;
        return model;
    })];

    private static ConfusionMatrix Confusion(Graph graph, LabelledExamples images)
    {
        int[] answers = ModelAnswers.Of(graph, images);
        return new ConfusionMatrix(images.Labels.Span, answers, graph.Outputs[0].ElementCount);
    }

    private IEnumerable<float[]> TwinInputs(Graph graph)
    {
        if (options.Input is { } file)
        {
            RecordedTensors recorded = RecordedTensors.Read(file, graph.Inputs);
            return Enumerable.Range(0, recorded.Count)
                .Select(i => RealOutputs.Decode(recorded.Run(i)[0], graph.Inputs[0]));
        }

        if (images!.Length != graph.Inputs[0].ElementCount)
        {
            throw new ArgumentException(
                Invariant($"Model '{graph.Name}' takes {graph.Inputs[0].ElementCount} values; the {images.Noun} ")
                    + Invariant($"of {images.Name} have {images.Length}."));
        }

        return Enumerable.Range(0, Math.Min(TwinImages, images.Count)).Select(i =>
        {
            float[] reals = new float[images.Length];
            images.ReadReals(i, reals);
            return reals;
        });
    }
}

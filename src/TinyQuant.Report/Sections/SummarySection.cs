using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Sections;

/// <summary>What the model is, and the figures that decide whether it fits a device.</summary>
internal static class SummarySection
{
    private const int ShownLabels = 40;

    public static Html Write(ReportedModel model)
    {
        Graph graph = model.Graph;
        Html rows = Html.Of($"""
            {Row("Task", Html.Of($"{Task(graph)}"))}{Row("Labels", Labels(graph))}{graph.Inputs.Select((t, i) => Row(Numbered("Input", i, graph.Inputs.Length), Span(t)))}{graph.Outputs.Select((t, i) => Row(Numbered("Output", i, graph.Outputs.Length), Span(t)))}{Row("Rounding", Html.Of($"{graph.Rounding.ToName()}"))}{Row("Operators", Html.Of($"{graph.Operators.Length}"))}{Row("Multiply-accumulates", Html.Of($"{Figures.Count(graph.Macs)} a run"))}{Row("Weights and biases", Html.Of($"{Figures.Bytes(model.Inspected.WeightBytes)}, as the model file holds them"))}{Row("Baked constants", Html.Of($"{Figures.Bytes(model.Inspected.BakedBytes)} in the program: weights as the kernels read them, multipliers, tables"))}{Row("Arena", Arena(model))}{Row("Peak", Peak(model))}{Row("Accuracy", Accuracy(model))}{Row("Latency", Latency(model))}{Row("File", Html.Of($"<span class=\"name\">{model.File}</span>, {Figures.Bytes(model.FileBytes)}"))}{Row("Fingerprint", Html.Of($"<code>{model.Fingerprint}</code> (SHA-256 of the file)"))}
            """);
        return Html.Of($"""
            <section aria-labelledby="summary">
            <h2 id="summary">Summary</h2>
            <ul class="cards">
            {Cards(model)}</ul>
            <table class="facts">
            <caption>The model</caption>
            <tbody>
            {rows}</tbody>
            </table>
            </section>

            """);
    }

    private static Html Cards(ReportedModel model) => Html.Of($"""
        {Card("flash: constants", Html.Of($"{Figures.Bytes(model.Inspected.BakedBytes)}"))}{Card("RAM: arena, input, output", Html.Of($"{Figures.Bytes(model.Inspected.ArenaBytes + model.CallerBytes)}"))}{Card("multiply-accumulates", Html.Of($"{Figures.Count(model.Graph.Macs)}"))}{Card("latency here", model.Times is { } times ? Html.Of($"{Figures.Time(times.Layers.Whole)}") : Html.Missing("not measured"))}
        """);

    private static Html Card(string name, Html value) =>
        Html.Of($"<li><span class=\"figure\">{value}</span> <span class=\"quiet\">{name}</span></li>\n");

    private static Html Row(string name, Html value) =>
        Html.Of($"<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>\n");

    private static string Numbered(string name, int index, int count) =>
        count == 1 ? name : Invariant($"{name} {index}");

    private static Html Span(Tensor tensor) =>
        Html.Of($"{TensorText.Name(tensor.Name)}: {TensorText.ShapeAndType(tensor)}, "
            + $"{TensorText.Quantization(tensor)}, {Figures.Bytes(tensor.ByteLength)}");

    private static string Task(Graph graph)
    {
        int outputs = graph.Outputs[0].ElementCount;
        return !graph.Labels.IsEmpty ? $"classification, {graph.Labels.Length} classes"
            : graph.FindMetric("auc") is not null ? "anomaly detection"
            : graph.Operators.Any(o => o is Softmax && graph.Outputs.Contains(o.Outputs[0]))
                ? Invariant($"classification, {outputs} classes")
            : $"{Figures.Count(outputs, "value")} from {Figures.Count(graph.Inputs.Sum(t => (long)t.ElementCount))}";
    }

    private static Html Labels(Graph graph) => graph.Labels.IsEmpty
        ? Html.Missing("none in the model file")
        : Html.Of($"{string.Join(", ", graph.Labels.Take(ShownLabels))}{(graph.Labels.Length > ShownLabels ? $" and {graph.Labels.Length - ShownLabels} more" : "")}");

    private static Html Arena(ReportedModel model)
    {
        var inspected = model.Inspected;
        string scratch = inspected.ScratchBytes > 0
            ? $", of which kernels' scratch costs {Figures.Bytes(inspected.ScratchBytes)}"
            : "";
        string state = inspected.StateBytes > 0
            ? $", of which {Figures.Bytes(inspected.StateBytes)} are state, kept from run to run"
            : "";
        string classify = inspected.InstanceBytes > inspected.ArenaBytes
            ? $"; {Figures.Bytes(inspected.InstanceBytes)} with what Classify needs"
            : "";
        return Html.Of(
            $"{Figures.Bytes(inspected.ArenaBytes)}{scratch}{state}{classify}. Input and output are the caller's: "
                + $"{Figures.Bytes(model.CallerBytes)} more");
    }

    private static Html Peak(ReportedModel model)
    {
        int waste = model.Inspected.ArenaBytes - model.Inspected.ArenaLowerBound;
        string plan = waste > 0 ? $"the plan needs {Figures.Bytes(waste)} more than it must"
            : model.Peak.LiveBytes < model.Inspected.ArenaBytes
                ? "no plan can need less, as each begins at a multiple of 8"
                : "no plan can need less";
        return Html.Of(
            $"{Figures.Bytes(model.Peak.LiveBytes)} of the arena in use at once, in step {model.Peak.Index} "
                + $"({model.Peak.Kind}); {plan}");
    }

    private static Html Accuracy(ReportedModel model)
    {
        string[] recorded = [
            .. model.Graph.Metrics.Select(m =>
                $"{Metric(m)} on {m.DataSet}, {Figures.Count(m.Count, "example")}, as the model file records")];
        string[] measured = model.Answers is { } answers
            ? [$"{Figures.Percent(answers.Confusion.Accuracy, 2)} on {answers.DataSet}, "
                + $"{Figures.Count(answers.Confusion.Total, "example")}, measured for this page"]
            : [];
        return recorded.Length + measured.Length == 0
            ? Html.Missing("none recorded in the model file, and no data given (--data)")
            : Html.Of($"{string.Join("; ", recorded.Concat(measured))}");
    }

    private static string Metric(Metric metric) =>
        metric.Name == "accuracy" ? Figures.Percent(metric.Value, 2) : $"{metric.Name} {Figures.Real(metric.Value)}";

    private static Html Latency(ReportedModel model)
    {
        if (model.Times is not { } times)
        {
            return Html.Missing("not measured (--seconds 0)");
        }

        LayerTimes layers = times.Layers;
        return Html.Of(
            $"{Figures.Time(layers.Whole)} a run, best of all rounds, one thread, under the JIT; int8 unit "
                + $"{times.Int8Unit}, float32 unit {times.Float32Unit}; "
                + $"{times.Machine}{(layers.IsSettled ? Html.None : Html.Of($"; <strong>measured before the JIT had optimised all of it, so too long</strong>: more <code>--seconds</code> help"))}");
    }
}

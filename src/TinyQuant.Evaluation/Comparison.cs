using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>A row of a comparison: what one model answers, weighs and takes.</summary>
/// <param name="Kind">fp32, dynamic or int8: the word before <c>.tqm</c> in the file's name.</param>
/// <param name="Graph">The model.</param>
/// <param name="Accuracy">Measured now, from the generated code.</param>
/// <param name="WeightBytes">Weights and biases.</param>
/// <param name="BakedBytes">All constants of the program.</param>
/// <param name="ArenaBytes">Memory that an instance holds.</param>
/// <param name="Latency">Times, against each other in one run.</param>
public sealed record ComparisonRow(
    string Kind, Graph Graph, double Accuracy, long WeightBytes, int BakedBytes, int ArenaBytes, LatencyResult Latency);

/// <summary>Compares the forms of a model on one test set.</summary>
public static class Comparison
{
    /// <summary>Compiles, checks and times the models.</summary>
    /// <param name="models">By kind, in the order of the rows.</param>
    /// <param name="images">The test set.</param>
    /// <param name="progress">Told the fraction that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ModelCompilationException">A model's code could not be generated or compiled.</exception>
    /// <exception cref="ArgumentException">A model takes no such pictures.</exception>
    public static IReadOnlyList<ComparisonRow> Run(
        IReadOnlyList<(string Kind, Graph Graph)> models, LabelledExamples images, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        List<CompiledModel> compiled = [];
        try
        {
            compiled.AddRange(models.Select(m => CompiledModel.Compile(m.Graph)));
            double[] accuracies = [.. compiled.Select(m => ModelAccuracy.Measure(m, images))];
            IReadOnlyList<LatencyResult> latencies = Latency.Measure(compiled, images, progress, cancellation);
            return [.. models.Select((m, i) => new ComparisonRow(m.Kind, m.Graph, accuracies[i], m.Graph.ConstantBytes,
                compiled[i].BakedBytes, compiled[i].InstanceBytes, latencies[i]))];
        }
        finally
        {
            compiled.ForEach(m => m.Dispose());
        }
    }
}

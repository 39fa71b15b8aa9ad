using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>What a search found.</summary>
/// <param name="Formats">The format of each layer, by the name of its weights.</param>
/// <param name="Graph">The model with these.</param>
/// <param name="Accuracy">Its accuracy on the images of the search.</param>
/// <param name="RealAccuracy">That of the float32 model there.</param>
/// <param name="MaxLoss">How much accuracy it was allowed to lose there, as a fraction of 1.</param>
/// <param name="Tried">How many models were measured.</param>
public sealed record FormatSearchResult(
    ImmutableDictionary<string, WeightFormat> Formats, Graph Graph, double Accuracy, double RealAccuracy,
    double MaxLoss,
    int Tried);

/// <summary>
/// Looks for the smallest model within an accuracy budget: layer by layer int8, int4 in groups, or int4. Each change is
/// tried by itself first; then those that disturb the scores least for each byte they save are taken one after another,
/// as long as the budget holds. It is greedy: a smaller model may exist.
/// </summary>
/// <param name="quantizer">The calibrated float32 graph.</param>
/// <param name="options">How activations are quantized.</param>
/// <param name="scores">The scores that a model's generated code gives the images of the search.</param>
/// <param name="labels">The classes of these.</param>
/// <param name="holds">
/// Asked of each model that would be taken: whether it is within the budget on other images too. A network knows the
/// images it learned from better than any others, so that these alone would let too much pass.
/// </param>
public sealed class FormatSearch(
    PostTrainingQuantizer quantizer, PostTrainingOptions options, Func<Graph, IReadOnlyList<float[]>> scores,
    ReadOnlyMemory<byte> labels,
    Predicate<Graph> holds)
{
    private static readonly WeightFormat[] s_smaller = [WeightFormat.Int4Groups, WeightFormat.Int4];

    private int _tried;

    /// <summary>Searches.</summary>
    /// <param name="maxLoss">How much accuracy may be lost, as a fraction of 1.</param>
    /// <param name="progress">Told what share of the work is done, at least.</param>
    /// <param name="cancellation">Looked at between models.</param>
    public FormatSearchResult Run(
        double maxLoss, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Graph real = quantizer.Calibrate(options, cancellation).Graph;
        IReadOnlyList<float[]> exact = scores(real);
        double budget = Accuracy(exact) - maxLoss;
        WeightedOperator[] layers = [.. real.Operators.Select(WeightedOperator.Of).OfType<WeightedOperator>()];
        var chosen = layers.ToImmutableDictionary(l => l.Weights.Name, _ => WeightFormat.Int8, StringComparer.Ordinal);
        (Graph best, double accuracy, double error, long bytes) = Try(chosen, exact, cancellation);

        (WeightedOperator Layer, WeightFormat Format)[] moves = [.. layers.SelectMany(l => s_smaller
            .Select(f => f.For(l.Weights.Shape, l.ChannelAxis)).Distinct().Select(f => (l, f)))];
        var costs = new List<(WeightedOperator Layer, WeightFormat Format, double Cost)>();
        foreach ((WeightedOperator layer, WeightFormat format) in moves)
        {
            var (_, _, moved, left) = Try(chosen.SetItem(layer.Weights.Name, format), exact, cancellation);
            costs.Add((layer, format, (moved - error) / Math.Max(1, bytes - left)));
            progress?.Report(costs.Count / (2.0 * moves.Length));
        }

        int done = 0;
        foreach ((WeightedOperator layer, WeightFormat format, _) in costs.OrderBy(c => c.Cost))
        {
            var candidate = chosen.SetItem(layer.Weights.Name, format);
            progress?.Report((moves.Length + done++) / (2.0 * moves.Length));
            if (chosen[layer.Weights.Name] == WeightFormat.Int4)
            {
                continue; // as small as it gets
            }

            var (graph, reached, _, left) = Try(candidate, exact, cancellation);
            if (reached >= budget && left < bytes && holds(graph))
            {
                (chosen, best, accuracy, bytes) = (candidate, graph, reached, left);
            }
        }

        return new FormatSearchResult(chosen, best, accuracy, budget + maxLoss, maxLoss, _tried);
    }

    private (Graph Graph, double Accuracy, double Error, long Bytes) Try(
        ImmutableDictionary<string, WeightFormat> formats, IReadOnlyList<float[]> exact, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _tried++;
        Graph graph = quantizer.Quantize(options, t => formats[t.Name], cancellation);
        IReadOnlyList<float[]> given = scores(graph);
        double error = exact.Zip(given, (a, b) => a.Zip(b, (x, y) => ((double)x - y) * (x - y)).Sum()).Average();
        return (graph, Accuracy(given), error, WeightBytes.Of(graph));
    }

    private double Accuracy(IReadOnlyList<float[]> given)
    {
        int correct = 0;
        for (int i = 0; i < given.Count; i++)
        {
            correct += Array.IndexOf(given[i], given[i].Max()) == labels.Span[i] ? 1 : 0;
        }

        return (double)correct / given.Count;
    }
}

using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>A picture and what models make of it.</summary>
/// <param name="Index">Its place in the set, from 0.</param>
/// <param name="Label">Its class.</param>
/// <param name="Answers">The class that each model gives it.</param>
/// <param name="Difference">
/// How far the first model is from the one that is farthest: half of the sum of |p - q| over the classes, with scores
/// as probabilities (their softmax); from 0 to 1.
/// </param>
public sealed record Disagreement(int Index, int Label, IReadOnlyList<int> Answers, double Difference);

/// <summary>Where models disagree with the first of them.</summary>
/// <param name="Differing">For each model, how many pictures it answers otherwise than the first.</param>
/// <param name="Largest">The pictures with the largest differences, the largest first.</param>
public sealed record Disagreements(IReadOnlyList<int> Differing, IReadOnlyList<Disagreement> Largest)
{
    /// <summary>Runs the models on all pictures.</summary>
    /// <param name="graphs">Classifiers of the same pictures and classes, float32 or int8 inputs.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="most">How many of the largest differences to keep.</param>
    /// <exception cref="ModelCompilationException">A model's code could not be generated or compiled.</exception>
    /// <exception cref="ArgumentException">The models do not have as many classes.</exception>
    public static Disagreements Of(IReadOnlyList<Graph> graphs, LabelledExamples images, int most)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        ArgumentNullException.ThrowIfNull(images);
        if (graphs.FirstOrDefault(g => g.Outputs[0].ElementCount != graphs[0].Outputs[0].ElementCount) is { } other)
        {
            throw new ArgumentException(
                Invariant($"'{other.Name}' gives {other.Outputs[0].ElementCount} scores and '{graphs[0].Name}' ")
                    + Invariant($"{graphs[0].Outputs[0].ElementCount}; expected as many."), nameof(
                    graphs));
        }

        float[][] inputs = [.. Enumerable.Range(0, images.Count).Select(i =>
        {
            float[] input = new float[images.Length];
            images.ReadReals(i, input);
            return input;
        })];
        double[][][] probabilities = [
            .. graphs.Select(g => RealOutputs.Of(g, inputs).Select(s => Probabilities(g, s)).ToArray())];
        // An int8 model finds its answer among scores that are not rounded yet.
        int[][] answers = [.. graphs.Select(g => ModelAnswers.Of(g, images))];
        Disagreement[] all = [.. Enumerable.Range(0, images.Count).Select(i => new Disagreement(
            i, images.Labels.Span[i], [.. answers.Select(a => a[i])],
            probabilities.Max(p => Distance(probabilities[0][i], p[i]))))];
        return new Disagreements(
            [.. answers.Select(a => a.Zip(answers[0]).Count(p => p.First != p.Second))],
            [.. all.OrderByDescending(d => d.Difference).ThenBy(d => d.Index).Take(most)]);
    }

    private static double[] Probabilities(Graph graph, float[] scores)
    {
        if (graph.Operators[^1] is Softmax)
        {
            return [.. scores.Select(s => (double)s)];
        }

        double greatest = scores.Max();
        double[] powers = [.. scores.Select(s => Math.Exp(s - greatest))];
        double sum = powers.Sum();
        return [.. powers.Select(p => p / sum)];
    }

    private static double Distance(double[] p, double[] q) => p.Zip(q, (a, b) => Math.Abs(a - b)).Sum() / 2;
}

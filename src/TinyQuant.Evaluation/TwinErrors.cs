using System.Collections.Immutable;
using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>An operator held against the operator of a float32 model that computes the same.</summary>
/// <param name="Range">The least and the greatest value that the float32 operator gave.</param>
/// <param name="Decibels">Signal to noise of the output, with all that came before it quantized too; infinite where
/// nothing differs.</param>
/// <param name="Weights">The type of its weights, with <c>/32</c> where they have groups; null where it has
/// none.</param>
/// <param name="WeightDecibels">Signal to noise of the weights; null where there are none, or where the two models lay
/// them out differently.</param>
public sealed record TwinLayer(ValueRange Range, double Decibels, string? Weights, double? WeightDecibels);

/// <summary>
/// A model held against its float32 twin, operator by operator; the two need not share names, nor what only moves or
/// converts.
/// </summary>
/// <param name="Twin">The name of the float32 model.</param>
/// <param name="Inputs">How many inputs both were run on.</param>
/// <param name="Layers">By the model's operators; null for one that the twin has no counterpart of: it moves or
/// converts values.</param>
public sealed record TwinErrors(string Twin, int Inputs, ImmutableArray<TwinLayer?> Layers)
{
    /// <summary>Runs both models on all inputs.</summary>
    /// <param name="twin">float32 throughout, one input.</param>
    /// <param name="graph">One input of as many elements; int8 or float32 activations.</param>
    /// <param name="inputs">Real inputs; at least one. An array may be used again after its turn.</param>
    /// <param name="cancellation">Ends it between two inputs.</param>
    /// <exception cref="ArgumentException">The models do not have the same operators, or there is no input that fits;
    /// the message says where.</exception>
    /// <exception cref="ModelCompilationException">A model's code could not be generated or compiled.</exception>
    public static TwinErrors Of(
        Graph twin, Graph graph, IEnumerable<float[]> inputs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(twin);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(inputs);
        Require(twin, graph);
        (int Operator, Operator Real)[] pairs = Pairs(twin, graph);
        var noises = pairs.Select(_ => new SignalNoise()).ToArray();
        var ranges = pairs.Select(_ => new ValueRange(float.PositiveInfinity, float.NegativeInfinity)).ToArray();
        using var exact = new GraphRunner(twin);
        using var rounded = new GraphRunner(graph);
        int count = 0;
        foreach (float[] input in inputs)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyDictionary<string, float[]> expected = exact.Run(input);
            IReadOnlyDictionary<string, float[]> values = rounded.Run(input);
            for (int i = 0; i < pairs.Length; i++)
            {
                float[] reals = expected[pairs[i].Real.Outputs[0].Name];
                noises[i].Add(reals, values[graph.Operators[pairs[i].Operator].Outputs[0].Name]);
                ranges[i] = new ValueRange(Math.Min(ranges[i].Min, reals.Min()), Math.Max(ranges[i].Max, reals.Max()));
            }

            count++;
        }

        if (count == 0)
        {
            throw new ArgumentException("There is no input; a twin is compared on one at least.", nameof(inputs));
        }

        Graph widened = StoredConstants.Widen(graph);
        Graph source = StoredConstants.Widen(twin);
        var layers = new TwinLayer?[graph.Operators.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            (string? type, double? decibels) = WeightsOf(
                source.Operators[twin.Operators.IndexOf(pairs[i].Real)], widened.Operators[pairs[i].Operator]);
            layers[pairs[i].Operator] = new TwinLayer(ranges[i], noises[i].Decibels, type, decibels);
        }

        return new TwinErrors(twin.Name, count, [.. layers]);
    }

    private static void Require(Graph twin, Graph graph)
    {
        if (twin.Tensors.FirstOrDefault(t =>
            t.Type is not (TensorType.Float32 or TensorType.Float16 or TensorType.Int32)) is { } other)
        {
            throw new ArgumentException($"The twin '{twin.Name}' has {other}; expected a float32 model.", nameof(twin));
        }

        if (twin.Inputs.Length != 1 || graph.Inputs.Length != 1
            || twin.Inputs[0].ElementCount != graph.Inputs[0].ElementCount || !IsReal(graph.Inputs[0]))
        {
            throw new ArgumentException(
                $"The twin '{twin.Name}' takes {string.Join(", ", twin.Inputs.Select(t => t.ToString()))} and "
                    + $"'{graph.Name}' {string.Join(", ", graph.Inputs.Select(t => t.ToString()))}; expected one "
                    + "input each, as large as the other, float32 here and int8 or float32 there.", nameof(twin));
        }
    }

    private static (int Operator, Operator Real)[] Pairs(Graph twin, Graph graph)
    {
        Operator[] real = [.. twin.Operators.Where(Computes)];
        int[] own = [.. Enumerable.Range(0, graph.Operators.Length).Where(i => Computes(graph.Operators[i]))];
        for (int i = 0; i < Math.Max(real.Length, own.Length); i++)
        {
            Operator? op = i < own.Length ? graph.Operators[own[i]] : null;
            Operator? other = i < real.Length ? real[i] : null;
            if (op is null || other is null || op.Outputs[0].ElementCount != other.Outputs[0].ElementCount
                || !IsReal(op.Outputs[0]))
            {
                throw new ArgumentException(
                    $"The twin '{twin.Name}' has {Name(other)} where '{graph.Name}' has {Name(op)}; expected the "
                        + "same operators, with values as many, in float32 and in int8 or float32.", nameof(twin));
            }
        }

        return [.. own.Zip(real)];
    }

    private static string Name(Operator? op) => op is null ? "no more operators" : $"{op.Kind} to {op.Outputs[0]}";

    private static bool IsReal(Tensor tensor) =>
        tensor.Type == TensorType.Float32 || tensor is { Type: TensorType.Int8, Quantization: not null };

    /// <summary>Not what a conversion to int8 adds or takes away.</summary>
    private static bool Computes(Operator op) => op is not (Quantize or Dequantize) && !op.IsAlias;

    private static (string? Type, double? Decibels) WeightsOf(Operator real, Operator widened)
    {
        if (widened is not (FullyConnected or Convolution))
        {
            return (null, null);
        }

        Tensor weights = widened.Inputs[1].Stored;
        string type = weights.Type.ToName()
            + (weights.Quantization?.GroupSize > 0 ? Invariant($"/{weights.Quantization.GroupSize}") : "");
        bool comparable = real.Kind == widened.Kind && real.Inputs[1].IsConstant && widened.Inputs[1].IsConstant
            && real.Inputs[1].Shape.SequenceEqual(widened.Inputs[1].Shape);
        return (type, comparable ? SignalNoise.OfWeights(real.Inputs[1], widened.Inputs[1]) : null);
    }
}

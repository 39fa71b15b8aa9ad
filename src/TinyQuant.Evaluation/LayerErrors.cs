using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>What quantization cost an operator.</summary>
/// <param name="Operator">Its kind.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights">The type of its weights, with <c>/32</c> where they have groups; null where it has
/// none.</param>
/// <param name="WeightDecibels">Signal to noise of the weights; null where there are none.</param>
/// <param name="Range">What the codes of the output span.</param>
/// <param name="Scale">The output's scale.</param>
/// <param name="ZeroPoint">The output's zero point.</param>
/// <param name="Decibels">Signal to noise of the output, 10 log10(Σ x² / Σ (x - x̂)²), with all that came before it
/// quantized too.</param>
public sealed record LayerError(
    string Operator, string Output, string? Weights, double? WeightDecibels, ValueRange Range, float Scale,
    int ZeroPoint, double Decibels);

/// <summary>Measures a quantized graph against the float32 graph that it was made of, operator by operator.</summary>
public static class LayerErrors
{
    /// <summary>A row for each operator.</summary>
    /// <param name="real">The float32 graph.</param>
    /// <param name="quantized">The same operators and names, int8 activations.</param>
    /// <param name="inputs">Examples; an array may be used again after its turn.</param>
    /// <exception cref="ModelCompilationException">A model's code could not be generated or compiled.</exception>
    public static IReadOnlyList<LayerError> Of(Graph real, Graph quantized, IEnumerable<float[]> inputs)
    {
        ArgumentNullException.ThrowIfNull(quantized);
        ArgumentNullException.ThrowIfNull(inputs);
        using var exact = new GraphRunner(real);
        using var rounded = new GraphRunner(quantized);
        var noises = quantized.Operators.ToDictionary(
            o => o.Outputs[0].Name, _ => new SignalNoise(), StringComparer.Ordinal);
        foreach (float[] input in inputs)
        {
            IReadOnlyDictionary<string, float[]> values = rounded.Run(input);
            foreach ((string name, float[] expected) in exact.Run(input))
            {
                noises[name].Add(expected, values[name]);
            }
        }

        Graph widened = StoredConstants.Widen(quantized);
        Graph source = StoredConstants.Widen(real);
        return [.. quantized.Operators.Select((op, i) =>
            Row(op, source.Operators[i], widened.Operators[i], noises[op.Outputs[0].Name].Decibels))];
    }

    private static LayerError Row(Operator op, Operator real, Operator widened, double decibels)
    {
        Quantization output = op.Outputs[0].Quantization!;
        var range = new ValueRange(
            (sbyte.MinValue - output.ZeroPoint) * output.Scale, (sbyte.MaxValue - output.ZeroPoint) * output.Scale);
        Tensor? weights = op is FullyConnected or Convolution ? op.Inputs[1] : null;
        string? type = weights is null
            ? null
            : weights.Type.ToName()
                + (weights.Quantization!.GroupSize > 0 ? Invariant($"/{weights.Quantization.GroupSize}") : "");
        return new LayerError(op.Kind, op.Outputs[0].Name, type,
            weights is null ? null : SignalNoise.OfWeights(real.Inputs[1], widened.Inputs[1]), range, output.Scale,
            output.ZeroPoint, decibels);
    }
}

using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// left / right, TensorFlow Lite's DIV, in float32, int8 and int32, where it loses what is behind the point.
/// </summary>
public sealed class Div : BinaryOperator
{
    private static readonly OperatorAttribute<Activation> s_activation = AttributesOf<Div>.Activation(o =>
        o.Activation);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new Div(p.Inputs, p.Output, p.Get(s_activation), p.Line), s_activation);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">The dividend and the divisor.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="activation">Applied to the output.</param>
    /// <param name="line">The line of the model file.</param>
    public Div(ImmutableArray<Tensor> inputs, Tensor output, Activation activation = Activation.None, int line = -1)
        : base(inputs, output, line) => Activation = activation;

    /// <summary>Applied to the output.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() => Checks.SameType(
        [TensorType.Float32, TensorType.Int8, TensorType.Int32], Left, Right, Output);

    /// <summary>An int8 quotient is shifted to the right, and never to the left; int32 has no scales.</summary>
    private protected override IEnumerable<string> QuantizationErrors()
    {
        const double limit = 1 << 23;
        foreach (Tensor tensor in Inputs.Distinct().Where(t => t is { Type: TensorType.Int32, Quantization: not null }))
        {
            yield return $"'{tensor.Name}' is int32 with a scale; expected none";
        }

        if (Output.Type == TensorType.Int8
            && (Left.Quantization, Right.Quantization, Output.Quantization) is ({ } a, { } b, { } y)
            && !(Factor(a, b, y) < limit))
        {
            yield return $"the scale of '{Left.Name}' is so large against those of '{Right.Name}' and "
                + $"'{Output.Name}' that no shift reaches it; expected a ratio below 2^23";
        }
    }

    /// <summary>
    /// The dividend's scale over the product of the others, both in float32: <c>CalculateOpDataDiv</c> of TFLM's
    /// div.cc.
    /// </summary>
    internal static float Factor(Quantization left, Quantization right, Quantization output) =>
        (float)(left.Scale / (float)(right.Scale * output.Scale));
}

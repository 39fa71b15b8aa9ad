using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>x from 0 on, alpha · x below, TensorFlow Lite's LEAKY_RELU.</summary>
public sealed class LeakyRelu : UnaryOperator
{
    private static readonly OperatorAttribute<float> s_alpha = AttributesOf<LeakyRelu>.Float("alpha", o => o.Alpha);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new LeakyRelu(p.Input, p.Output, p.Get(s_alpha), p.Line), s_alpha);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="alpha">The slope below 0.</param>
    /// <param name="line">The line of the model file.</param>
    public LeakyRelu(Tensor input, Tensor output, float alpha, int line = -1)
        : base(input, output, line) => Alpha = alpha;

    /// <summary>The slope below 0.</summary>
    public float Alpha { get; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Int16Activations;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors()
    {
        const float limit = 1 << 30;
        return Input.Type is TensorType.Int8 or TensorType.Int16
            && (Input.Quantization, Output.Quantization) is ({ } x, { } y)
            && !((float)((float)(x.Scale * Math.Abs(Alpha)) / y.Scale) < limit)
            ? [$"alpha times the scale of '{Input.Name}' is so large against the scale of '{Output.Name}' that no "
                + "shift reaches it; expected a ratio below 2^30"]
            : [];
    }
}

using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's SOFTMAX along the last dimension: e^(beta x) over its sum. float32; int8 to int8 with scale 1/256
/// and zero point -128; int8 to int16 with scale 1/65536 and zero point -32768; or int16 to int16 with scale 1/32768.
/// </summary>
public sealed class Softmax : UnaryOperator
{
    /// <summary>Bits after the point of the exponent in int8; the reference stops where a code is no step.</summary>
    private const int StepBits = 26;

    private static readonly OperatorAttribute<float> s_beta = AttributesOf<Softmax>.Float(
        "beta", o => o.Beta, missing: 1);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Softmax(p.Input, p.Output, p.Get(s_beta), p.Line), s_beta);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="beta">The factor of the exponent; more than 0.</param>
    /// <param name="line">The line of the model file.</param>
    public Softmax(Tensor input, Tensor output, float beta = 1, int line = -1)
        : base(input, output, line) => Beta = beta;

    /// <summary>The factor of the exponent.</summary>
    public float Beta { get; }

    /// <summary>Elements of a row.</summary>
    public int Depth => Input.Shape[Input.Shape.Length - 1];

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs =>
        Input.Type == Output.Type ? ImmutableArray.Create(0) : ImmutableArray<int>.Empty;

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        (Input.Type, Output.Type) == (TensorType.Int8, TensorType.Int16)
        ? []
        : Checks.SameType(Checks.Int16Activations, Input, Output);

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors()
    {
        const int maxDepth = 4096;
        if (Input.Shape.Length == 0 || (Input.Type == TensorType.Int8 && Depth > maxDepth))
        {
            yield return $"'{Input.Name}' has shape {Input.ShapeText}; expected a last dimension, of at most "
                + $"{maxDepth} for int8";
        }

        if (!(Beta > 0))
        {
            yield return Invariant($"beta is {Beta}; expected more than 0");
        }
        else if (Input is { Type: TensorType.Int8, Quantization: { } input }
            && !((double)Beta * input.Scale * (1 << StepBits) > 1))
        {
            yield return $"beta times the scale of '{Input.Name}' is so small that all codes count as equal; "
                + $"expected more than 2^-{StepBits}";
        }

        foreach (string error in WordErrors().Concat((Input.Type, Output.Type) switch
        {
            (TensorType.Int16, _) => Checks.Fixed(Output, 1f / 32768, 0),
            (_, TensorType.Int16) => Checks.Fixed(Output, 1f / 65536, short.MinValue),
            _ => Checks.Fixed(Output, 1f / 256, sbyte.MinValue),
        }))
        {
            yield return error;
        }
    }

    /// <summary>What the reference's tables of int16 cannot do; the sum of a row is an int32.</summary>
    private IEnumerable<string> WordErrors()
    {
        const int maxDepth = 1 << 16;
        const int limit = 1 << 17;
        if (Input.Type != TensorType.Int16)
        {
            return [];
        }

        List<string> errors = [.. Checks.Symmetric(Input)];
        if (Input.Shape.Length > 0 && Depth > maxDepth)
        {
            errors.Add($"'{Input.Name}' has shape {Input.ShapeText}; expected a last dimension of at most {maxDepth}");
        }

        if (Input.Quantization is { } input && Beta > 0 && !((double)Beta * input.Scale < limit))
        {
            errors.Add($"beta times the scale of '{Input.Name}' is so large that no shift reaches it; expected less "
                + "than 2^17");
        }

        return errors;
    }
}

using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// The sum of two or more tensors of one shape, TensorFlow Lite's ADD_N, in float32 and int8, whose inputs have one
/// scale and zero point.
/// </summary>
/// <param name="inputs">Two at least.</param>
/// <param name="output">Their shape.</param>
/// <param name="line">The line of the model file.</param>
public sealed class AddN(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : Operator(inputs, ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        OperandCount.AtLeast(2), 1, p => new AddN(p.Inputs, p.Output, p.Line));

    /// <summary>What it writes.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        Tensor[] others = [.. Inputs.Skip(1)];
        return Checks.SameType([TensorType.Float32, TensorType.Int8], [Inputs[0], .. others, Output])
            .Concat(others.Append(Output).SelectMany(t =>
                Checks.Shape(t, [.. Inputs[0].Shape.Select(d => (long)d)])))
            .Concat(Checks.Quantized(Inputs[0], Output))
            .Concat(Checks.SameQuantization(Inputs[0], others))
            .Concat(CodeSums.Validate(Inputs[0], Output));
    }
}

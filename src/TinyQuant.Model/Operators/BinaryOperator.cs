using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// A function of two elements, one of each input; an input whose dimension is 1, or missing at the front, is repeated
/// along the output's, as in NumPy.
/// </summary>
public abstract class BinaryOperator : Operator
{
    private protected BinaryOperator(ImmutableArray<Tensor> inputs, Tensor output, int line)
        : base(inputs, ImmutableArray.Create(output), line)
    {
    }

    /// <summary>The first operand.</summary>
    public Tensor Left => Inputs[0];

    /// <summary>The second operand.</summary>
    public Tensor Right => Inputs[1];

    /// <summary>What it writes.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs =>
        [.. Enumerable.Range(0, 2).Where(i =>
            Inputs[i].Type == Output.Type && Inputs[i].ElementCount == Output.ElementCount)];

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        TypeErrors()
        .Concat(Checks.Stretched(Output, Left, Right))
        .Concat(Checks.Quantized(Left, Right, Output))
        .Concat(QuantizationErrors());

    /// <summary>What does not fit of the types.</summary>
    private protected virtual IEnumerable<string> TypeErrors() =>
        Checks.SameType([TensorType.Float32, TensorType.Int8], Left, Right, Output);

    /// <summary>What does not fit of scales and zero points, beyond that there are some.</summary>
    private protected abstract IEnumerable<string> QuantizationErrors();
}

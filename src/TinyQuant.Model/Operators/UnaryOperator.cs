using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>A function of each element by itself: one input and one output of one shape and type.</summary>
public abstract class UnaryOperator : Operator
{
    private protected UnaryOperator(Tensor input, Tensor output, int line)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
    }

    /// <summary>What it reads.</summary>
    public Tensor Input => Inputs[0];

    /// <summary>What it writes; as many elements.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs => ImmutableArray.Create(0);

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => TypeErrors()
        .Concat(Checks.Shape(Output, [.. Input.Shape.Select(d => (long)d)]))
        .Concat(ScaleErrors())
        .Concat(QuantizationErrors());

    /// <summary>The types of its elements, where input and output have one.</summary>
    private protected virtual IReadOnlyList<TensorType> Types => Checks.Int8Activations;

    private protected virtual IEnumerable<string> TypeErrors() => Checks.SameType(Types, Input, Output);

    /// <summary>Whether there are scales, and a ratio of them that the kernels can multiply by.</summary>
    private protected virtual IEnumerable<string> ScaleErrors() =>
        Checks.Quantized(Input, Output).Concat(Checks.Ratio(Input, Output));

    /// <summary>What does not fit of scales and zero points, beyond that there are some.</summary>
    private protected virtual IEnumerable<string> QuantizationErrors() => [];
}

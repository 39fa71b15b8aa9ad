using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's SELECT_V2: an element of one tensor where a condition is true, of another elsewhere. All three are
/// stretched to one shape as in NumPy; codes are copied, whatever their scales.
/// </summary>
/// <param name="inputs">The condition, bool; what is taken where it is true; and what is taken elsewhere.</param>
/// <param name="output">The type of the two that are taken from.</param>
/// <param name="line">The line of the model file.</param>
public sealed class SelectV2(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : Operator(inputs, ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        3, 1, p => new SelectV2(p.Inputs, p.Output, p.Line));

    /// <summary>Which of the two is taken.</summary>
    public Tensor Condition => Inputs[0];

    /// <summary>What is taken where the condition is true.</summary>
    public Tensor WhenTrue => Inputs[1];

    /// <summary>What is taken where it is not.</summary>
    public Tensor WhenFalse => Inputs[2];

    /// <summary>What it writes.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs =>
        [.. Enumerable.Range(1, 2).Where(i =>
            Inputs[i].Type == Output.Type && Inputs[i].ElementCount == Output.ElementCount)];

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        Checks.SameType([TensorType.Bool], Condition)
        .Concat(Checks.SameType([TensorType.Float32, TensorType.Int8, TensorType.Int16], WhenTrue, WhenFalse, Output))
        .Concat(Checks.Stretched(Output, Condition, WhenTrue, WhenFalse));
}

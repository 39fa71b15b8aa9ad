using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's FILL: a tensor of any shape, of one value, in float32, int8 or int32. Codes are copied.
/// </summary>
/// <param name="value">One element.</param>
/// <param name="output">Its type.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Fill(Tensor value, Tensor output, int line = -1)
    : Operator(ImmutableArray.Create(value), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Fill(p.Input, p.Output, p.Line));

    /// <summary>What the output is filled with.</summary>
    public Tensor Value => Inputs[0];

    /// <summary>What it writes.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        IEnumerable<string> types = Checks.SameType(
            [TensorType.Float32, TensorType.Int8, TensorType.Int32], Value, Output);
        return Value.ElementCount == 1
            ? types
            : types.Append($"'{Value.Name}' has shape {Value.ShapeText}; expected one element");
    }
}

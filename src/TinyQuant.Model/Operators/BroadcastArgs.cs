using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's BROADCAST_ARGS: the shape that tensors of two shapes are stretched to. Shapes are static, so that
/// it is mostly known while importing.
/// </summary>
/// <param name="left">A shape: int32 or int64 [dimensions].</param>
/// <param name="right">A shape of the same type.</param>
/// <param name="output">As long as the longer one.</param>
/// <param name="line">The line of the model file.</param>
public sealed class BroadcastArgs(Tensor left, Tensor right, Tensor output, int line = -1)
    : Operator(ImmutableArray.Create(left, right), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new BroadcastArgs(p.Input, p.Inputs[1], p.Output, p.Line));

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        (Tensor left, Tensor right, Tensor output) = (Inputs[0], Inputs[1], Outputs[0]);
        List<string> errors =
        [
            .. Checks.SameType([TensorType.Int32, TensorType.Int64], left, right, output),
            .. Checks.Rank(left, 1), .. Checks.Rank(right, 1),
        ];
        return errors.Count > 0
            ? errors
            : Checks.Shape(output, Math.Max(left.Shape[0], right.Shape[0]));
    }
}

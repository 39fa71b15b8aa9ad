using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TFLM's SignalFftAutoScale: int16 numbers shifted to the left so far that the greatest fills its bits, and by how
/// many bits that is.
/// </summary>
/// <param name="input">int16.</param>
/// <param name="output">int16, the input's shape.</param>
/// <param name="bits">int32, one element: by how many bits they are shifted, 0 to 15.</param>
/// <param name="line">The line of the model file.</param>
public sealed class SignalFftAutoScale(Tensor input, Tensor output, Tensor bits, int line = -1)
    : SignalOperator(ImmutableArray.Create(input), ImmutableArray.Create(output, bits), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 2, p => new SignalFftAutoScale(p.Input, p.Output, p.Outputs[1], p.Line));

    /// <summary>By how many bits the numbers are shifted.</summary>
    public Tensor Bits => Outputs[1];

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.Int16, Input, Output).Concat(Type(TensorType.Int32, Bits));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => Like(Output, Input).Concat(One(Bits));
}

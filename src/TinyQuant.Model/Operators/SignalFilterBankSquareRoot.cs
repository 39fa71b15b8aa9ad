using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TFLM's SignalFilterBankSquareRoot: roots of sums, to the nearest integer, shifted to the right.</summary>
/// <param name="input">uint64.</param>
/// <param name="bits">int32, one element: by how many bits roots are shifted, of which the lowest 5 count.</param>
/// <param name="output">uint32, the input's shape.</param>
/// <param name="line">The line of the model file.</param>
public sealed class SignalFilterBankSquareRoot(Tensor input, Tensor bits, Tensor output, int line = -1)
    : SignalOperator(ImmutableArray.Create(input, bits), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new SignalFilterBankSquareRoot(p.Input, p.Inputs[1], p.Output, p.Line));

    /// <summary>By how many bits roots are shifted.</summary>
    public Tensor Bits => Inputs[1];

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Type(TensorType.UInt64, Input).Concat(Type(TensorType.Int32, Bits)).Concat(Type(TensorType.UInt32, Output));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => Like(Output, Input).Concat(One(Bits));
}

using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>The larger of two elements, TensorFlow Lite's MAXIMUM; int8 codes of one scale and zero point.</summary>
public sealed class Maximum : BinaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Two operands.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Maximum(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
        : base(inputs, output, line)
    {
    }

    internal static Maximum? Read(OperatorStatement statement) => statement.HasCounts(2, 2, 1)
        ? new Maximum(statement.Inputs, statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.SameQuantization(Output, Left, Right);
}

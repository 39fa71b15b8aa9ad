using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>The smaller of two elements, TensorFlow Lite's MINIMUM; int8 codes of one scale and zero point.</summary>
public sealed class Minimum : BinaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Two operands.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Minimum(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
        : base(inputs, output, line)
    {
    }

    internal static Minimum? Read(OperatorStatement statement) => statement.HasCounts(2, 2, 1)
        ? new Minimum(statement.Inputs, statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.SameQuantization(Output, Left, Right);
}

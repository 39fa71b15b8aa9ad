using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>x from 0 on, alpha · x below, with an alpha for each element that is repeated as in NumPy: TensorFlow Lite's PRELU.</summary>
public sealed class Prelu : BinaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">What it reads, and the slopes below 0.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Prelu(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
        : base(inputs, output, line)
    {
    }

    internal static Prelu? Read(OperatorStatement statement) => statement.HasCounts(2, 2, 1)
        ? new Prelu(statement.Inputs, statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() =>
        Checks.Ratio(Left, Output).Concat(Checks.Scale(Left, Right, Output));
}

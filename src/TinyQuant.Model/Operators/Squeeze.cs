using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SQUEEZE: dimensions of size 1 go. No copy where both can be one memory.</summary>
public sealed class Squeeze : ShapeChange
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="output">The input's shape without some dimensions of size 1.</param>
    /// <param name="line">The line of the model file.</param>
    public Squeeze(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static Squeeze? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Squeeze(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => UnitErrors(removes: true);
}

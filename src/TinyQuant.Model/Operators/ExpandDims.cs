using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's EXPAND_DIMS: dimensions of size 1 come. No copy where both can be one memory.</summary>
public sealed class ExpandDims : ShapeChange
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="output">The input's shape with more dimensions of size 1.</param>
    /// <param name="line">The line of the model file.</param>
    public ExpandDims(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static ExpandDims? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new ExpandDims(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => UnitErrors(removes: false);
}

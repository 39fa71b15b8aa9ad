using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's DEQUANTIZE: int8 or int16 codes to float32.</summary>
public sealed class Dequantize : UnaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Dequantize(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static Dequantize? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Dequantize(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs => ImmutableArray<int>.Empty;

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() => Output.Type == TensorType.Float32
        ? Checks.SameType([TensorType.Int8, TensorType.UInt8, TensorType.Int16], Input)
        : [$"'{Output.Name}' is {Output.Type.ToName()}; expected float32"];
}

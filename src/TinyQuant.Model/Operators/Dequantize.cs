using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's DEQUANTIZE: int8 or int16 codes to float32.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Dequantize(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Dequantize(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs => ImmutableArray<int>.Empty;

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() => Output.Type == TensorType.Float32
        ? Checks.SameType([TensorType.Int8, TensorType.UInt8, TensorType.Int16], Input)
        : [$"'{Output.Name}' is {Output.Type.ToName()}; expected float32"];
}

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's ZEROS_LIKE: a tensor of zeros in the shape of another, float32, int8, int32 or int64. Of codes it
/// is code 0, whatever it means.
/// </summary>
/// <param name="input">Whose shape it is.</param>
/// <param name="output">The same shape and type.</param>
/// <param name="line">The line of the model file.</param>
public sealed class ZerosLike(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new ZerosLike(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        Checks.SameType([TensorType.Float32, TensorType.Int8, TensorType.Int32, TensorType.Int64], Input, Output)
        .Concat(Checks.Shape(Output, [.. Input.Shape.Select(d => (long)d)]));
}

namespace TinyQuant.Model;

/// <summary>Whether it is not true, TensorFlow Lite's LOGICAL_NOT.</summary>
/// <param name="input">bool.</param>
/// <param name="output">bool.</param>
/// <param name="line">The line of the model file.</param>
public sealed class LogicalNot(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new LogicalNot(p.Input, p.Output, p.Line));

    private protected override IEnumerable<string> TypeErrors() => Checks.SameType([TensorType.Bool], Input, Output);
}

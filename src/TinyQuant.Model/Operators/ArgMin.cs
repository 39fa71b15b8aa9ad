namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's ARG_MIN: the index of the least element along an axis; of several equal ones, the first.
/// </summary>
/// <param name="input">float32 or int8, any shape.</param>
/// <param name="output">int32, the input's shape without <paramref name="axis"/>.</param>
/// <param name="axis">The dimension, from 0.</param>
/// <param name="line">The line of the model file.</param>
public sealed class ArgMin(Tensor input, Tensor output, int axis, int line = -1)
    : ArgExtremum(input, output, axis, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new ArgMin(p.Input, p.Output, p.Get(s_axis), p.Line), s_axis);
}

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's AVERAGE_POOL_2D: the mean of what a window covers of the image; what lies outside does not count.
/// </summary>
/// <param name="input">[batches, height, width, channels].</param>
/// <param name="output">[batches, height, width, channels].</param>
/// <param name="filter">Rows and columns of the window.</param>
/// <param name="window">Stride, padding and activation.</param>
/// <param name="line">The line of the model file.</param>
public sealed class AveragePool2D(
    Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window, int line = -1)
    : Pooling(input, output, filter, window, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new AveragePool2D(p.Input, p.Output, FilterOf(p), p.Get(s_window), p.Line), s_filter, s_window);
}

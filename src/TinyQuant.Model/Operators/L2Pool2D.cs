namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's L2_POOL_2D: the root of the mean square of what a window covers of the image; float32 alone.
/// </summary>
/// <param name="input">[batches, height, width, channels].</param>
/// <param name="output">[batches, height, width, channels].</param>
/// <param name="filter">Rows and columns of the window.</param>
/// <param name="window">Stride, padding and activation.</param>
/// <param name="line">The line of the model file.</param>
public sealed class L2Pool2D(
    Tensor input, Tensor output, (int Height, int Width) filter, WindowOptions window, int line = -1)
    : Pooling(input, output, filter, window, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new L2Pool2D(p.Input, p.Output, FilterOf(p), p.Get(s_window), p.Line), s_filter, s_window);

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => [TensorType.Float32];
}

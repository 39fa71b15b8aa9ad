namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's SPACE_TO_DEPTH: the pixels of a block, row by row, become the channels of one pixel.
/// </summary>
/// <param name="input">[batches, height, width, channels].</param>
/// <param name="output">[batches, height / block, width / block, channels · block · block].</param>
/// <param name="blockSize">Rows and columns of a block.</param>
/// <param name="line">The line of the model file.</param>
public sealed class SpaceToDepth(Tensor input, Tensor output, int blockSize, int line = -1)
    : DepthChange(input, output, blockSize, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new SpaceToDepth(p.Input, p.Output, p.Get(s_blockSize), p.Line), s_blockSize);

    /// <inheritdoc/>
    internal override Tensor Space => Input;

    /// <inheritdoc/>
    internal override Tensor Depth => Output;
}

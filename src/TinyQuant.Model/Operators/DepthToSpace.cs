namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's DEPTH_TO_SPACE: the channels of a pixel become a block of pixels, row by row.</summary>
/// <param name="input">[batches, height, width, channels].</param>
/// <param name="output">[batches, height · block, width · block, channels / (block · block)].</param>
/// <param name="blockSize">Rows and columns of a block.</param>
/// <param name="line">The line of the model file.</param>
public sealed class DepthToSpace(Tensor input, Tensor output, int blockSize, int line = -1)
    : DepthChange(input, output, blockSize, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new DepthToSpace(p.Input, p.Output, p.Get(s_blockSize), p.Line), s_blockSize);

    /// <inheritdoc/>
    internal override Tensor Space => Output;

    /// <inheritdoc/>
    internal override Tensor Depth => Input;
}

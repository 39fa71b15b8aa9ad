namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's DEPTH_TO_SPACE: the channels of a pixel become a block of pixels, row by row.</summary>
public sealed class DepthToSpace : DepthChange
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="output">[batches, height · block, width · block, channels / (block · block)].</param>
    /// <param name="blockSize">Rows and columns of a block.</param>
    /// <param name="line">The line of the model file.</param>
    public DepthToSpace(Tensor input, Tensor output, int blockSize, int line = -1)
        : base(input, output, blockSize, line)
    {
    }

    internal static DepthToSpace? Read(Format.OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new DepthToSpace(statement.Inputs[0], statement.Outputs[0], ReadBlockSize(statement), statement.Line)
        : null;

    /// <inheritdoc/>
    internal override Tensor Space => Output;

    /// <inheritdoc/>
    internal override Tensor Depth => Input;
}

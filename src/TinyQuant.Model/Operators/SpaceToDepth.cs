namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SPACE_TO_DEPTH: the pixels of a block, row by row, become the channels of one pixel.</summary>
public sealed class SpaceToDepth : DepthChange
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="output">[batches, height / block, width / block, channels · block · block].</param>
    /// <param name="blockSize">Rows and columns of a block.</param>
    /// <param name="line">The line of the model file.</param>
    public SpaceToDepth(Tensor input, Tensor output, int blockSize, int line = -1)
        : base(input, output, blockSize, line)
    {
    }

    internal static SpaceToDepth? Read(Format.OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new SpaceToDepth(statement.Inputs[0], statement.Outputs[0], ReadBlockSize(statement), statement.Line)
        : null;

    /// <inheritdoc/>
    internal override Tensor Space => Input;

    /// <inheritdoc/>
    internal override Tensor Depth => Output;
}

using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's BATCH_TO_SPACE_ND: the images of a batch to every block-th pixel of one, without its margins.</summary>
public sealed class BatchToSpaceNd : BatchChange
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">[batches, height, width, channels] or [batches, length, channels].</param>
    /// <param name="output">As many times fewer batches as a block has pixels, each image as many times larger, less what is cropped.</param>
    /// <param name="block">The steps of rows and columns, or of the length.</param>
    /// <param name="crops">What is left out before and after each of them.</param>
    /// <param name="line">The line of the model file.</param>
    public BatchToSpaceNd(Tensor input, Tensor output, ImmutableArray<int> block, ImmutableArray<int> crops, int line = -1)
        : base(input, output, block, crops, line)
    {
    }

    internal static BatchToSpaceNd? Read(Format.OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new BatchToSpaceNd(statement.Inputs[0], statement.Outputs[0], ReadBlock(statement), ReadMargins(statement, "crops"), statement.Line)
        : null;

    /// <inheritdoc/>
    internal override Tensor Space => Output;

    /// <inheritdoc/>
    internal override Tensor Batch => Input;

    /// <inheritdoc/>
    private protected override string MarginName => "crops";
}

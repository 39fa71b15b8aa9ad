using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SPACE_TO_BATCH_ND: real 0 around the image, then every block-th pixel to an image of its own.</summary>
public sealed class SpaceToBatchNd : BatchChange
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">[batches, height, width, channels] or [batches, length, channels].</param>
    /// <param name="output">As many batches more as a block has pixels, each image as many times smaller.</param>
    /// <param name="block">The steps of rows and columns, or of the length.</param>
    /// <param name="paddings">Zeros before and after each of them.</param>
    /// <param name="line">The line of the model file.</param>
    public SpaceToBatchNd(Tensor input, Tensor output, ImmutableArray<int> block, ImmutableArray<int> paddings, int line = -1)
        : base(input, output, block, paddings, line)
    {
    }

    internal static SpaceToBatchNd? Read(Format.OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new SpaceToBatchNd(statement.Inputs[0], statement.Outputs[0], ReadBlock(statement), ReadMargins(statement, "paddings"), statement.Line)
        : null;

    /// <inheritdoc/>
    internal override Tensor Space => Input;

    /// <inheritdoc/>
    internal override Tensor Batch => Output;

    /// <inheritdoc/>
    private protected override string MarginName => "paddings";
}

using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's BATCH_TO_SPACE_ND: the images of a batch to every block-th pixel of one, without its margins.
/// </summary>
/// <param name="input">[batches, height, width, channels] or [batches, length, channels].</param>
/// <param name="output">As many times fewer batches as a block has pixels, each image as many times larger, less what
/// is cropped.</param>
/// <param name="block">The steps of rows and columns, or of the length.</param>
/// <param name="crops">What is left out before and after each of them.</param>
/// <param name="line">The line of the model file.</param>
public sealed class BatchToSpaceNd(
    Tensor input, Tensor output, ImmutableArray<int> block, ImmutableArray<int> crops, int line = -1)
    : BatchChange(input, output, block, crops, line)
{
    private static readonly OperatorAttribute<ImmutableArray<int>> s_crops = MarginsOf<BatchToSpaceNd>("crops");

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new BatchToSpaceNd(p.Input, p.Output, p.Get(s_block), p.Get(s_crops), p.Line), s_block, s_crops);

    /// <inheritdoc/>
    internal override Tensor Space => Output;

    /// <inheritdoc/>
    internal override Tensor Batch => Input;

    /// <inheritdoc/>
    private protected override string MarginName => "crops";
}

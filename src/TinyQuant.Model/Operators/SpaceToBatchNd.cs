using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's SPACE_TO_BATCH_ND: real 0 around the image, then every block-th pixel to an image of its own.
/// </summary>
/// <param name="input">[batches, height, width, channels] or [batches, length, channels].</param>
/// <param name="output">As many batches more as a block has pixels, each image as many times smaller.</param>
/// <param name="block">The steps of rows and columns, or of the length.</param>
/// <param name="paddings">Zeros before and after each of them.</param>
/// <param name="line">The line of the model file.</param>
public sealed class SpaceToBatchNd(
    Tensor input, Tensor output, ImmutableArray<int> block, ImmutableArray<int> paddings, int line = -1)
    : BatchChange(input, output, block, paddings, line)
{
    private static readonly OperatorAttribute<ImmutableArray<int>> s_paddings = MarginsOf<SpaceToBatchNd>("paddings");

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new SpaceToBatchNd(p.Input, p.Output, p.Get(s_block), p.Get(s_paddings), p.Line), s_block,
        s_paddings);

    /// <inheritdoc/>
    internal override Tensor Space => Input;

    /// <inheritdoc/>
    internal override Tensor Batch => Output;

    /// <inheritdoc/>
    private protected override string MarginName => "paddings";
}

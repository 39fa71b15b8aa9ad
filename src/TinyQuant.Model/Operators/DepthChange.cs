using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>Blocks of pixels to channels of one pixel, or back: images [batches, height, width, channels].</summary>
public abstract class DepthChange : Movement
{
    private const int MaxBlock = 1 << 12;

    private protected static readonly OperatorAttribute<int> s_blockSize = AttributesOf<DepthChange>.Integer(
        "block_size", o => o.BlockSize, 1, MaxBlock);

    private protected DepthChange(Tensor input, Tensor output, int blockSize, int line)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line) => BlockSize = blockSize;

    /// <summary>Rows and columns of a block.</summary>
    public int BlockSize { get; }

    /// <summary>The image of many pixels.</summary>
    internal abstract Tensor Space { get; }

    /// <summary>The image of many channels.</summary>
    internal abstract Tensor Depth { get; }

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        List<string> errors = [.. Checks.Rank(Input, 4), .. Checks.Rank(Output, 4)];
        if (errors.Count > 0)
        {
            return errors;
        }

        if (BlockSize is < 1 or > MaxBlock)
        {
            return [Invariant($"block_size is {BlockSize}; expected 1 to {MaxBlock}")];
        }

        ImmutableArray<int> few = Depth.Shape;
        long block = (long)BlockSize * BlockSize;
        long[] many = [few[0], (long)few[1] * BlockSize, (long)few[2] * BlockSize, few[3] / block];
        return few[3] % block == 0 && Space.Shape.Select(d => (long)d).SequenceEqual(many)
            ? []
            : [Invariant($"'{Space.Name}' {Space.ShapeText} in blocks of {BlockSize} x {BlockSize} does not have ")
                + Invariant($"the pixels and channels of '{Depth.Name}' {Depth.ShapeText}")];
    }
}

using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// Pixels at every block-th row and column to an image of their own in the batch, or back, as around a dilated
/// convolution: [batches, height, width, channels] or, with one dimension of a block, [batches, length, channels].
/// </summary>
public abstract class BatchChange : Movement
{
    private const int MaxBlock = 1 << 12;

    private protected static readonly OperatorAttribute<ImmutableArray<int>> s_block =
        AttributesOf<BatchChange>.Integers(
        "block", o => o.Block, 1, MaxBlock);

    /// <summary>What <see cref="Margins"/> are, under their name in a model file.</summary>
    private protected static OperatorAttribute<ImmutableArray<int>> MarginsOf<TOperator>(string name)
        where TOperator : BatchChange => AttributesOf<TOperator>.Integers(name, o => o.Margins, 0, int.MaxValue);

    private protected BatchChange(
        Tensor input, Tensor output, ImmutableArray<int> block, ImmutableArray<int> margins, int line)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        Block = block;
        Margins = margins;
    }

    /// <summary>The steps of rows and columns, or of the one dimension.</summary>
    public ImmutableArray<int> Block { get; }

    /// <summary>
    /// Before and after each dimension of a block: what the images in the batch have more than the whole one.
    /// </summary>
    public ImmutableArray<int> Margins { get; }

    /// <summary>The whole image.</summary>
    internal abstract Tensor Space { get; }

    /// <summary>The images in the batch.</summary>
    internal abstract Tensor Batch { get; }

    /// <summary>What <see cref="Margins"/> is called in a model file.</summary>
    private protected abstract string MarginName { get; }

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        int rank = Block.Length + 2;
        if (Block.Length is not (1 or 2) || Margins.Length != 2 * Block.Length
            || Block.Any(b => b is < 1 or > MaxBlock) || Margins.Any(m => m < 0))
        {
            return [$"block=[{string.Join(",", Block.Select(n => Invariant($"{n}")))}] and "
                + $"{MarginName}=[{string.Join(",", Margins.Select(n => Invariant($"{n}")))}] are not supported; "
                + $"expected one or two steps from 1 to {MaxBlock}, and two numbers of 0 or more for each"];
        }

        List<string> errors = [.. Checks.Rank(Input, rank), .. Checks.Rank(Output, rank)];
        if (errors.Count > 0)
        {
            return errors;
        }

        long images = Block.Aggregate(1L, (product, b) => product * b);
        bool fits = Batch.Shape[0] == Space.Shape[0] * images && Batch.Shape[rank - 1] == Space.Shape[rank - 1]
            && Block.Select((b, d) =>
                (long)Batch.Shape[d + 1] * b == (long)Space.Shape[d + 1] + Margins[2 * d] + Margins[(2 * d) + 1])
                    .All(same => same);
        return fits
            ? []
            : [$"'{Space.Name}' {Space.ShapeText} with "
                + $"{MarginName}=[{string.Join(",", Margins.Select(n => Invariant($"{n}")))}], in steps of "
                + $"[{string.Join(",", Block.Select(n => Invariant($"{n}")))}], "
                + $"is not '{Batch.Name}' {Batch.ShapeText}"];
    }
}

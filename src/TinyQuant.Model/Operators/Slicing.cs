using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>What the operators share that take a range of each dimension.</summary>
public abstract class Slicing : Movement
{
    private protected static readonly OperatorAttribute<ImmutableArray<int>> s_begin = AttributesOf<Slicing>.Integers(
        "begin", o => o.Begin, 0, int.MaxValue);

    private protected static readonly OperatorAttribute<ImmutableArray<int>> s_size = AttributesOf<Slicing>.Integers(
        "size", o => o.Size, 1, int.MaxValue);

    private protected Slicing(
        Tensor input, Tensor output, ImmutableArray<int> begin, ImmutableArray<int> size, int line)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        Begin = begin;
        Size = size;
    }

    /// <summary>For each dimension of the input, the first index that is taken.</summary>
    public ImmutableArray<int> Begin { get; }

    /// <summary>For each dimension of the input, how many indexes are taken.</summary>
    public ImmutableArray<int> Size { get; }

    /// <summary>
    /// For each dimension of the input, the step from one index that is taken to the next; it may be negative.
    /// </summary>
    public abstract ImmutableArray<int> Strides { get; }

    /// <summary>Where everything is taken in order.</summary>
    public override bool IsAlias =>
        Input.ElementCount == Output.ElementCount
            && Strides.Select((s, d) => s > 0 || Size[d] == 1).All(forward => forward);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        int rank = Input.Shape.Length;
        if (Begin.Length != rank || Size.Length != rank || Strides.Length != rank)
        {
            yield return $"begin, size or strides do not have a value for each dimension of '{Input.Name}' "
                + $"{Input.ShapeText}";
            yield break;
        }

        for (int d = 0; d < rank; d++)
        {
            long last = Begin[d] + ((Size[d] - 1L) * Strides[d]);
            if (Size[d] < 1 || Begin[d] < 0 || Begin[d] >= Input.Shape[d] || last < 0 || last >= Input.Shape[d]
                || (Strides[d] == 0 && Size[d] > 1))
            {
                yield return Invariant($"{Size[d]} indexes from {Begin[d]} in steps of {Strides[d]} are not in ")
                    + Invariant($"dimension {d} of '{Input.Name}' {Input.ShapeText}");
                yield break;
            }
        }

        foreach (string error in OutputErrors())
        {
            yield return error;
        }
    }

    /// <summary>What does not fit of the output, ranges being right.</summary>
    private protected abstract IEnumerable<string> OutputErrors();
}

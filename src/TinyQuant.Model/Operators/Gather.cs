using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's GATHER: slices of a tensor along an axis, by their indexes. The first <c>BatchDims</c> dimensions
/// are those of the indexes too, and each of their rows has indexes of its own.
/// </summary>
public sealed class Gather : Movement
{
    private static readonly OperatorAttribute<int> s_axis = AttributesOf<Gather>.Integer(
        "axis", o => o.Axis, 0, ModelLimits.Dimensions - 1);

    private static readonly OperatorAttribute<int> s_batchDims = AttributesOf<Gather>.Integer(
        "batch_dims", o => o.BatchDims, 0, ModelLimits.Dimensions - 1);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new Gather(p.Input, p.Inputs[1], p.Output, p.Get(s_axis), p.Get(s_batchDims), p.Line), s_axis,
        s_batchDims);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="indexes">int32 or int64, any shape whose first dimensions are the input's batches.</param>
    /// <param name="output">The input's shape with the indexes' in place of the axis, batches once.</param>
    /// <param name="axis">The dimension of the input that indexes are of, from 0.</param>
    /// <param name="batchDims">How many dimensions are batches; none beyond <paramref name="axis"/>.</param>
    /// <param name="line">The line of the model file.</param>
    public Gather(Tensor input, Tensor indexes, Tensor output, int axis, int batchDims = 0, int line = -1)
        : base(ImmutableArray.Create(input, indexes), ImmutableArray.Create(output), line)
    {
        Axis = axis;
        BatchDims = batchDims;
    }

    /// <summary>The dimension of the input that indexes are of.</summary>
    public int Axis { get; }

    /// <summary>How many dimensions input and indexes share.</summary>
    public int BatchDims { get; }

    /// <summary>Indexes along the axis.</summary>
    public Tensor Indexes => Inputs[1];

    private protected override IEnumerable<Tensor> Sources => Inputs.Take(1);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        List<string> types = [.. IndexChecks.Type(Indexes)];
        if (types.Count > 0)
        {
            return types;
        }

        bool fits = Axis >= 0 && Axis < Input.Shape.Length && BatchDims >= 0 && BatchDims <= Axis
            && BatchDims <= Indexes.Shape.Length
            && Input.Shape.Take(BatchDims).SequenceEqual(Indexes.Shape.Take(BatchDims));
        return fits
            ? Checks.Shape(Output, [.. Input.Shape.Take(Axis).Concat(Indexes.Shape.Skip(BatchDims))
                .Concat(Input.Shape.Skip(Axis + 1)).Select(d => (long)d)])
                .Concat(IndexChecks.Range(Indexes, [Input.Shape[Axis]]))
            : [Invariant($"axis {Axis} and {BatchDims} batch dimensions do not fit '{Input.Name}' ")
                + $"{Input.ShapeText} and '{Indexes.Name}' {Indexes.ShapeText}; expected an axis of the first behind "
                + "the batches, which both have"];
    }
}

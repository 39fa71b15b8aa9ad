using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// What the signal operators of TensorFlow Lite Micro share: they compute with integers as they are, whatever scales
/// the tensors say.
/// </summary>
/// <remarks><c>signal/micro/kernels</c> of TensorFlow Lite Micro.</remarks>
public abstract class SignalOperator : Operator
{
    private protected SignalOperator(ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, int line)
        : base(inputs, outputs, line)
    {
    }

    /// <summary>The first tensor it reads.</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The first tensor it writes.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors = [.. TypeErrors()];
        return errors.Count > 0 ? errors : ShapeErrors();
    }

    /// <summary>What does not fit of types and numbers of dimensions.</summary>
    private protected abstract IEnumerable<string> TypeErrors();

    /// <summary>What does not fit of shapes and attributes, where types fit.</summary>
    private protected abstract IEnumerable<string> ShapeErrors();

    /// <summary>All tensors are of one type.</summary>
    private protected static IEnumerable<string> Type(TensorType type, params Tensor[] tensors) =>
        tensors.SelectMany(t => Checks.SameType([type], t));

    /// <summary>The tensor has so many dimensions, or more.</summary>
    private protected static IEnumerable<string> RankFrom(Tensor tensor, int least)
    {
        if (tensor.Shape.Length < least)
        {
            yield return Invariant($"'{tensor.Name}' has shape {tensor.ShapeText}; expected {least} ")
                + (least == 1 ? "dimension or more" : "dimensions or more");
        }
    }

    /// <summary>The tensor has one element, under any shape of such.</summary>
    private protected static IEnumerable<string> One(Tensor tensor)
    {
        if (tensor.ElementCount != 1)
        {
            yield return $"'{tensor.Name}' has shape {tensor.ShapeText}; expected one element";
        }
    }

    /// <summary>The tensor has the shape of another one.</summary>
    private protected static IEnumerable<string> Like(Tensor tensor, Tensor other) =>
        Checks.Shape(tensor, Sizes(other));

    /// <summary>The shape, without some of its last dimensions, and others in their place.</summary>
    private protected static long[] Sizes(Tensor tensor, int without = 0, params long[] last) =>
        [.. tensor.Shape.Take(tensor.Shape.Length - without).Select(d => (long)d), .. last];

    /// <summary>The size of a dimension, counted from the last one.</summary>
    private protected static int FromEnd(Tensor tensor, int dimension = 1) =>
        tensor.Shape[tensor.Shape.Length - dimension];

    /// <summary>How many slices of the last dimensions there are.</summary>
    private protected static int Slices(Tensor tensor, int without) =>
        tensor.Shape.Take(tensor.Shape.Length - without).Aggregate(1, (product, size) => product * size);
}

using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>What MEAN and SUM share: all elements along some axes become one. All float32, or all int8.</summary>
public abstract class Reduction : Operator
{
    private protected static readonly OperatorAttribute<ImmutableArray<int>> s_axes = AttributesOf<Reduction>.Integers(
        "axes", o => o.Axes, 0, ModelLimits.Dimensions - 1);

    private protected static readonly OperatorAttribute<bool> s_keepDims = AttributesOf<Reduction>.Flag(
        "keep_dims", o => o.KeepDims);

    private protected Reduction(Tensor input, Tensor output, ImmutableArray<int> axes, bool keepDims, int line)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        Axes = axes;
        KeepDims = keepDims;
    }

    /// <summary>The dimensions of the input that are reduced, from 0, ascending.</summary>
    public ImmutableArray<int> Axes { get; }

    /// <summary>Whether they remain in the output's shape, with size 1.</summary>
    public bool KeepDims { get; }

    /// <summary>Any shape.</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The input's shape, with size 1 or without the reduced dimensions.</summary>
    public Tensor Output => Outputs[0];

    /// <summary>The elements of the input that one of the output is made of.</summary>
    public int Count => Input.ElementCount / Output.ElementCount;

    /// <summary>None: a reduction multiplies each result, not each element.</summary>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        TypeErrors()
        .Concat(Checks.Quantized(Input, Output))
        .Concat(QuantizationErrors())
        .Concat(ShapeErrors());

    private protected virtual IEnumerable<string> TypeErrors() =>
        Checks.SameType([TensorType.Float32, TensorType.Int8], Input, Output);

    private protected virtual IEnumerable<string> QuantizationErrors() => Checks.Ratio(Input, Output);

    private IEnumerable<string> ShapeErrors()
    {
        int rank = Input.Shape.Length;
        if (Axes.IsEmpty || Axes.Any(a => a < 0 || a >= rank)
            || Axes.Zip(Axes.Skip(1), (a, b) => a >= b).Any(wrong => wrong))
        {
            return [$"axes={string.Join(",", Axes.Select(n => Invariant($"{n}")))} are not dimensions of "
                + $"'{Input.Name}' {Input.ShapeText}; expected one at least, from 0, ascending"];
        }

        IEnumerable<long> shape = Input.Shape.Select((d, i) => Axes.Contains(i) ? 1L : d);
        return Checks.Shape(Output, [.. KeepDims ? shape : shape.Where((_, i) => !Axes.Contains(i))]);
    }
}

using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// What the operators share that copy elements and change none: any type, and one scale and zero point for all tensors.
/// </summary>
public abstract class Movement : Operator
{
    private protected Movement(ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, int line)
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
        Tensor[] others = [.. Sources.Skip(1), .. Outputs];
        return Checks.SameType(TensorTypes.Computing, [Input, .. others]).Concat(Checks.SameQuantization(Input, others))
            .Concat(ShapeErrors());
    }

    /// <summary>What it copies elements of: all that it reads, but where some of it are indexes.</summary>
    private protected virtual IEnumerable<Tensor> Sources => Inputs;

    /// <summary>What does not fit of shapes and attributes.</summary>
    private protected abstract IEnumerable<string> ShapeErrors();

    /// <summary>The shape without a dimension.</summary>
    private protected static long[] Without(ImmutableArray<int> shape, int axis) =>
        [.. shape.RemoveAt(axis).Select(d => (long)d)];

    /// <summary>The shape with another size of a dimension.</summary>
    private protected static long[] With(ImmutableArray<int> shape, int axis, long size) =>
        [.. shape.Select((d, i) => i == axis ? size : d)];
}

using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's DYNAMIC_UPDATE_SLICE: a tensor with another one written over a part of it, which begins where the
/// model computes. A beginning from which the part would not lie in the tensor is moved to the nearest from which it
/// does.
/// </summary>
/// <param name="input">Any shape.</param>
/// <param name="update">As many dimensions, none larger than the input's.</param>
/// <param name="begin">int32 or int64 [dimensions]: for each, the first index that is written over.</param>
/// <param name="output">The input's shape.</param>
/// <param name="line">The line of the model file.</param>
public sealed class DynamicUpdateSlice(Tensor input, Tensor update, Tensor begin, Tensor output, int line = -1)
    : Movement(ImmutableArray.Create(input, update, begin), ImmutableArray.Create(output), line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        3, 1, p => new DynamicUpdateSlice(p.Input, p.Inputs[1], p.Inputs[2], p.Output, p.Line));

    /// <summary>What is written.</summary>
    public Tensor Update => Inputs[1];

    /// <summary>For each dimension, the first index that is written over.</summary>
    public Tensor Begin => Inputs[2];

    /// <summary>Nothing but the part changes.</summary>
    public override ImmutableArray<int> InPlaceInputs => ImmutableArray.Create(0);

    private protected override IEnumerable<Tensor> Sources => Inputs.Take(2);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() =>
        DynamicSlice.WindowErrors(Input, Update, Begin)
            .Concat(Checks.Shape(Output, [.. Input.Shape.Select(d => (long)d)]));
}

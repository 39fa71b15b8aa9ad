using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's PADV2: with a value, whose scale and zero point are those of the tensors.</summary>
/// <param name="input">Any shape.</param>
/// <param name="value">One element.</param>
/// <param name="output">Larger by the paddings.</param>
/// <param name="paddings">For each dimension, how many elements come before the input's and how many after
/// them.</param>
/// <param name="line">The line of the model file.</param>
public sealed class PadV2(Tensor input, Tensor value, Tensor output, ImmutableArray<int> paddings, int line = -1)
    : PaddingOperator(ImmutableArray.Create(input, value), output, paddings, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new PadV2(p.Input, p.Inputs[1], p.Output, p.Get(s_paddings), p.Line), s_paddings);

    /// <summary>What it pads with.</summary>
    public Tensor Value => Inputs[1];

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => Value.ElementCount != 1
        ? [$"'{Value.Name}' {Value.ShapeText} has not one element; expected the one to pad with"]
        : base.ShapeErrors();
}

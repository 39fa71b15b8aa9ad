using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's PAD: with 0, and in 8 bits with the output's zero point.</summary>
/// <param name="input">Any shape.</param>
/// <param name="output">Larger by the paddings.</param>
/// <param name="paddings">For each dimension, how many elements come before the input's and how many after
/// them.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Pad(Tensor input, Tensor output, ImmutableArray<int> paddings, int line = -1)
    : PaddingOperator(ImmutableArray.Create(input), output, paddings, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Pad(p.Input, p.Output, p.Get(s_paddings), p.Line), s_paddings);
}

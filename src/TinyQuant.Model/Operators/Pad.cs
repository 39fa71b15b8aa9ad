using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's PAD: with 0, and in 8 bits with the output's zero point.</summary>
public sealed class Pad : PaddingOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="output">Larger by the paddings.</param>
    /// <param name="paddings">For each dimension, how many elements come before the input's and how many after them.</param>
    /// <param name="line">The line of the model file.</param>
    public Pad(Tensor input, Tensor output, ImmutableArray<int> paddings, int line = -1)
        : base(ImmutableArray.Create(input), output, paddings, line)
    {
    }

    internal static Pad? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Pad(statement.Inputs[0], statement.Outputs[0], ReadPaddings(statement), statement.Line)
        : null;
}

using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SUM: the sum of all elements along some axes.</summary>
public sealed class Sum : Reduction
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="output">The input's shape, with size 1 or without the reduced dimensions.</param>
    /// <param name="axes">The dimensions that are reduced, from 0, ascending.</param>
    /// <param name="keepDims">Whether they remain, with size 1.</param>
    /// <param name="line">The line of the model file.</param>
    public Sum(Tensor input, Tensor output, ImmutableArray<int> axes, bool keepDims = false, int line = -1)
        : base(input, output, axes, keepDims, line)
    {
    }

    internal static Sum? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Sum(statement.Inputs[0], statement.Outputs[0], ReadAxes(statement), ReadKeepDims(statement), statement.Line)
        : null;
}

using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>Axes that were an attribute, and a Softmax that went over several dimensions.</summary>
internal static class AxisVersions
{
    private const int AxesOfSum = 13;
    private const int AxesOfOthers = 18;
    private const int OneAxis = 13;

    public static IEnumerable<VersionChange> All =>
    [
        Axes("Squeeze", AxesOfSum), Axes("Unsqueeze", AxesOfSum), Axes("ReduceSum", AxesOfSum),
        Axes("ReduceMax", AxesOfOthers), Axes("ReduceMin", AxesOfOthers), Axes("ReduceProd", AxesOfOthers),
        Axes("ReduceMean", AxesOfOthers), Axes("ReduceL1", AxesOfOthers), Axes("ReduceL2", AxesOfOthers),
        Axes("ReduceLogSum", AxesOfOthers), Axes("ReduceLogSumExp", AxesOfOthers),
        Axes("ReduceSumSquare", AxesOfOthers),
        new("Softmax", Flattened), new("LogSoftmax", Flattened), new("Hardmax", Flattened),
    ];

    private static VersionChange Axes(string name, int version) => new(name, (network, node) =>
    {
        if (node.Version < version)
        {
            Operands.IntsToInput(network, node, "axes", 1);
        }
    });

    /// <summary>
    /// Before version 13 the dimensions from the axis on were one. Where no other than the axis has several elements,
    /// that is the same as the newest form; else it is a Reshape around it.
    /// </summary>
    private static void Flattened(Network network, Node node)
    {
        if (node.Version >= OneAxis)
        {
            return;
        }

        Value input = node.Required(0);
        long axis = node.Attributes.Int("axis", 1);
        axis = axis < 0 ? axis + input.Rank : axis;
        if (axis < 0 || axis > input.Rank)
        {
            throw new UnsupportedException(
                Invariant($"axis {axis} is outside of {input.Rank} dimensions"));
        }

        int[] several = [.. Enumerable.Range((int)axis, input.Rank - (int)axis).Where(d => input.Shape[d] != 1)];
        if (several.Length <= 1 && axis < input.Rank)
        {
            node.Attributes.Set("axis", several.Length == 0 ? axis : several[0]);
            return;
        }

        long rows = Shapes.Count(input.Shape.AsSpan()[..(int)axis]);
        long columns = Shapes.Count(input.Shape.AsSpan()[(int)axis..]);
        Value matrix = Reshaped(network, node, input, [rows, columns]);
        Node inner = network.NewBefore(node, node.Operator, matrix);
        inner.Attributes.Set("axis", 1L);
        Operands.Last(network, node, "Reshape", inner.Output, Shape(network, node, [.. input.Shape]));
    }

    private static Value Reshaped(Network network, Node node, Value value, ImmutableArray<long> shape) =>
        Operands.NewValue(network, node, "Reshape", value, Shape(network, node, shape));

    private static Value Shape(Network network, Node node, ImmutableArray<long> shape) =>
        network.NewConstant($"{node.Output.Name}_shape", new Constant(OnnxType.Int64, [shape.Length], [.. shape]));
}

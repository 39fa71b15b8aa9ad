using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>What was an attribute and is an input now, and nodes in the place of others.</summary>
internal static class Operands
{
    /// <summary>A list of integers, which is an input from now on; one that is missing stays so.</summary>
    public static void IntsToInput(Network network, Node node, string attribute, int place)
    {
        if (node.Attributes.Ints(attribute) is { IsDefault: false } values)
        {
            var list = new Constant(OnnxType.Int64, [values.Length], [.. values]);
            ToInput(network, node, attribute, place, list);
        }
    }

    /// <summary>An attribute goes, and a constant is there in its place.</summary>
    public static void ToInput(Network network, Node node, string attribute, int place, Constant constant)
    {
        node.Attributes.Remove(attribute);
        node.SetInput(place, network.NewConstant($"{node.OutputAt(0)?.Name}_{attribute}", constant));
    }

    /// <summary>An attribute that only one value makes sense of, which is then the same without.</summary>
    /// <exception cref="UnsupportedException">It has another value.</exception>
    public static void RequireInt(Node node, string attribute, long expected, string why)
    {
        long found = node.Attributes.Int(attribute, expected);
        if (found != expected)
        {
            throw new UnsupportedException(
                Invariant($"attribute '{attribute}' is {found}, {why}; expected {expected}"));
        }

        node.Attributes.Remove(attribute);
    }

    /// <summary>What a node before another one computes.</summary>
    public static Value NewValue(Network network, Node place, string op, params IEnumerable<Value?> inputs) =>
        network.NewBefore(place, op, inputs).Output;

    /// <summary>A node before another one that takes over its first output; the other one is then taken out.</summary>
    public static Node Last(Network network, Node old, string op, params IEnumerable<Value?> inputs)
    {
        Value output = old.Output;
        var node = new Node(op, inputs, []) { Name = old.Name, Index = old.Index };
        network.AddBefore(old, node);
        TakeOver(network, old, node, output);
        return node;
    }

    /// <summary>A node's output becomes what another one writes, which is then taken out.</summary>
    private static void TakeOver(Network network, Node old, Node node, Value output)
    {
        network.Remove(old);
        node.SetOutputs([output]);
    }

    /// <summary>What a Transpose before a node computes.</summary>
    public static Value Transposed(Network network, Node place, Value value, IEnumerable<int> order)
    {
        Node transpose = network.NewBefore(place, "Transpose", value);
        transpose.Attributes.Set("perm", order.Select(o => (long)o).ToImmutableArray());
        return transpose.Output;
    }

    /// <summary>A constant of one real.</summary>
    public static Value Real(Network network, Node node, string name, float value) =>
        network.NewConstant($"{node.OutputAt(0)?.Name}_{name}", new Constant([], value));
}

using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>
/// Operators of ONNX Runtime whose images have their channels last: the same with channels before rows, between two
/// transposes, which the layout then drops.
/// </summary>
internal static class LastChannels
{
    private const string Attribute = "channels_last";

    public static IEnumerable<VersionChange> All =>
    [
        new("QLinearConv", (network, node) => Turn(network, node, "QLinearConv", Domains.Onnx, false))
        {
            Domain = Domains.Microsoft,
        },
        new("QLinearAveragePool", (network, node) =>
            Turn(network, node, "QLinearAveragePool", Domains.Microsoft, false)) { Domain = Domains.Microsoft },
        new("QLinearGlobalAveragePool", (network, node) =>
            Turn(network, node, "QLinearGlobalAveragePool", Domains.Microsoft, false)) { Domain = Domains.Microsoft },
        new("NhwcMaxPool", (network, node) => Turn(network, node, "MaxPool", Domains.Onnx, true))
        {
            Domain = Domains.Microsoft,
        },
    ];

    private static void Turn(Network network, Node node, string op, string domain, bool isAlways)
    {
        bool isLast = isAlways || node.Attributes.Flag(Attribute);
        node.Attributes.Remove(Attribute);
        if (!isLast)
        {
            node.Operator = op;
            node.Domain = domain;
            return;
        }

        int rank = node.Required(0).Rank;
        if (rank < 3)
        {
            throw new UnsupportedException(
                $"input 0 is {node.Required(0).TypeAndShape}; expected at least 3 dimensions");
        }

        Value turned = Operands.Transposed(
            network, node, node.Required(0), [0, rank - 1, .. Enumerable.Range(1, rank - 2)]);
        Node inner = network.NewBefore(node, op, [turned, .. node.Inputs.Skip(1)]);
        inner.Domain = domain;
        foreach ((string name, object value) in node.Attributes.All)
        {
            inner.Attributes.Set(name, value);
        }

        Operands.Last(network, node, "Transpose", inner.Output).Attributes.Set(
            "perm", (System.Collections.Immutable.ImmutableArray<long>)
            [0, .. Enumerable.Range(2, rank - 2).Select(d => (long)d), 1]);
    }
}

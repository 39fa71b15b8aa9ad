using CsCheck;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests;

/// <summary>Graphs that nobody thought of.</summary>
public sealed class RandomGraphTests
{
    private const int Graphs = 40;

    private static readonly Gen<Node[]> s_nodes = Gen.Select(
        Gen.Int[0, 1000], Gen.Int[1, 20], Gen.Enum<Activation>(), Gen.Int[0, 15],
        (source, outputs, activation, flags) => new Node(source, outputs, activation, flags)).Array[1, 8];

    [Fact]
    public void Int8() =>
        Gen.Select(s_nodes, Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[0, 10_000]).Sample((nodes, rows, depth, seed) =>
    {
        var maker = new GraphMaker(seed);
        Check(maker, maker.Int8Input(rows, depth), nodes, maker.Int8);
    }, iter: Graphs);

    [Fact]
    public void Hybrid() =>
        Gen.Select(s_nodes, Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[0, 10_000]).Sample((nodes, rows, depth, seed) =>
    {
        var maker = new GraphMaker(seed);
        Check(maker, maker.FloatInput(rows, depth), nodes, maker.Hybrid);
    }, iter: Graphs);

    /// <summary>Each node reads the input or a node before it; some are outputs.</summary>
    private static void Check(
        GraphMaker maker, Tensor input, Node[] nodes, Func<Tensor, int, LayerOptions, Tensor> layer)
    {
        List<Tensor> tensors = [input];
        List<Tensor> outputs = [];
        foreach (Node node in nodes)
        {
            var options = new LayerOptions
            {
                Activation = node.Activation,
                HasBias = (node.Flags & 1) == 0,
                IsPerChannel = (node.Flags & 2) != 0,
                IsFull = (node.Flags & 4) != 0,
            };
            tensors.Add(layer(tensors[node.Source % tensors.Count], node.Outputs, options));
            if ((node.Flags & 8) != 0)
            {
                outputs.Add(tensors[^1]);
            }
        }

        Agreement.Check(maker.Build(outputs.Count > 0 ? [.. outputs] : [tensors[^1]]), runs: 20);
    }

    private sealed record Node(int Source, int Outputs, Activation Activation, int Flags);
}

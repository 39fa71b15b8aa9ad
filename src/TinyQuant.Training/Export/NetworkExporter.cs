using TinyQuant.Model;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Export;

/// <summary>Turns a trained network into a float32 graph.</summary>
public static class NetworkExporter
{
    /// <summary>
    /// The graph of a network: batch normalization folded into the weights before it, activations fused.
    /// </summary>
    /// <param name="network">The trained network.</param>
    /// <param name="input">The name of the tensor going in.</param>
    /// <param name="output">The name of the tensor coming out.</param>
    public static Graph Export(Network network, string input = "image", string output = "scores")
    {
        ArgumentNullException.ThrowIfNull(network);
        var builder = new GraphBuilder();
        Tensor first = builder.Activation(input, network.InputShape.TensorShape);
        var tensors = new Tensor[network.Nodes.Count];
        for (int i = 0; i < tensors.Length; i++)
        {
            NetworkNode node = network.Nodes[i];
            (Fusion fusion, int last) = Fuse(network.Nodes, i);
            string name = last == tensors.Length - 1 || IsOnlyDropped(network.Nodes, last)
                ? output
                : Invariant($"layer{i + 1}");
            Tensor written = node.Layer.AddTo(
                builder, [.. node.Inputs.Select(n => n < 0 ? first : tensors[n])], name, fusion);
            Array.Fill(tensors, written, i, last - i + 1);
            i = last;
        }

        return builder.Build(first, tensors[^1]);
    }

    /// <summary>Whether nothing that the model computes follows: a network may end in dropout.</summary>
    private static bool IsOnlyDropped(IReadOnlyList<NetworkNode> nodes, int last) =>
        nodes.Skip(last + 1).All(n => n.Layer is DropoutLayer);

    /// <summary>What the layers behind a node become part of it, and the last of them.</summary>
    private static (Fusion Fusion, int Last) Fuse(IReadOnlyList<NetworkNode> nodes, int index)
    {
        int last = index;
        BatchNormLayer? norm = null;
        if (nodes[index].Layer is LinearLayer && OnlyReader(nodes, last) is { Layer: BatchNormLayer found })
        {
            (norm, last) = (found, last + 1);
        }

        if (nodes[index].Layer is LinearLayer or AddLayer or PoolLayer
            && OnlyReader(nodes, last) is { Layer: ReluLayer relu })
        {
            return (new Fusion(norm, relu.Activation), last + 1);
        }

        return (new Fusion(norm), last);
    }

    /// <summary>The node right behind another, where it and nobody else reads that.</summary>
    private static NetworkNode? OnlyReader(IReadOnlyList<NetworkNode> nodes, int index) =>
        index + 1 < nodes.Count && nodes.Count(n => n.Inputs.Contains(index)) == 1
            && nodes[index + 1].Inputs is [int source] && source == index
            ? nodes[index + 1]
            : null;
}

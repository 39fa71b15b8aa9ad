using TinyQuant.Model;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Export;

/// <summary>Turns a trained network into a float32 graph.</summary>
public static class NetworkExporter
{
    /// <summary>The graph of a network, with tensor <c>image</c> [1, inputs] going in and <c>scores</c> [1, classes]
    /// coming out.</summary>
    /// <param name="network">The trained network.</param>
    public static Graph Export(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var builder = new GraphBuilder();
        Tensor image = builder.Activation("image", [1, network.InputLength]);
        Tensor current = image;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            bool isLast = i == network.Layers.Count - 1;
            current = network.Layers[i].AddTo(builder, current, isLast ? "scores" : $"layer{i + 1}");
        }
        return builder.Build(image, current);
    }
}

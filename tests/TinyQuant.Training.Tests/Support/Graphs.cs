using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Tests.Support;

internal static class Graphs
{
    public static Graph Linear(int inputs, int outputs, Action<DenseLayer>? fill = null)
    {
        var layer = new DenseLayer("dense", inputs, outputs);
        if (fill is null)
        {
            var random = new Pcg32(9);
            Toy.Fill(layer.Weights.Values, random);
            Toy.Fill(layer.Bias.Values, random);
        }

        fill?.Invoke(layer);
        return NetworkExporter.Export(new Network(1, layer));
    }

    public static Calibration Ranges(ValueRange input, ValueRange output) =>
        new([new("image", input), new("scores", output)]);

    public static Tensor Find(this Graph graph, string name) => graph.Tensors.Single(t => t.Name == name);
}

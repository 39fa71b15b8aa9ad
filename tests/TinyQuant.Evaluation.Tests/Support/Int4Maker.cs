using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>A graph whose int8 weights become random int4 ones under the same scales.</summary>
internal static class Int4Maker
{
    /// <summary>With groups where the operator's weights allow them and chance says so.</summary>
    public static Graph Shrink(Graph graph, Random random)
    {
        var stored = graph.Operators.Select(o => o.Inputs[1]).Distinct().ToDictionary(t => t, t => Int4(t, random));
        Tensor Of(Tensor tensor) => stored.GetValueOrDefault(tensor, tensor);
        return graph with
        {
            Tensors = [.. graph.Tensors.Select(Of)],
            Operators = [.. graph.Operators.Select(o => o.With([.. o.Inputs.Select(Of)], o.Outputs))],
        };
    }

    private static Tensor Int4(Tensor weights, Random random)
    {
        Quantization quantization = weights.Quantization!;
        bool grouped = random.Next(2) == 0 && !(quantization.IsPerChannel && quantization.Axis != 0);
        sbyte[] codes = GraphMaker.Values(weights.ElementCount, () => (sbyte)random.Next(-7, 8));
        int groups = grouped
            ? weights.Shape[0] * (((codes.Length / weights.Shape[0]) + Int4Data.GroupSize - 1) / Int4Data.GroupSize)
            : 0;
        return new Tensor(weights.Name, TensorType.Int4, weights.Shape,
            new Quantization(quantization.Scales, 0, quantization.Axis, grouped ? Int4Data.GroupSize : 0),
            Int4Data.Pack(codes, GraphMaker.Values(groups, () => (byte)random.Next(1, Int4Data.MaxMultiplier + 1))));
    }
}

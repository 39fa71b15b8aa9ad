using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>What the weights of a model take.</summary>
public static class WeightBytes
{
    /// <summary>Bytes of the weights, their groups' multipliers and their scales, without biases.</summary>
    public static long Of(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Operators.Select(WeightedOperator.Of).OfType<WeightedOperator>().Select(o => o.Weights.Stored)
            .Distinct()
            .Sum(t => (long)t.ByteLength + t.ScaleBytes);
    }
}

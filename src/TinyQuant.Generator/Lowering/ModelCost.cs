using System.Collections.Immutable;

namespace TinyQuant.Generator;

/// <summary>What a model costs, and which operator costs most of it.</summary>
internal sealed record ModelCost(
    string ModelName, long BakedBytes, string MostBytes, int InstanceBytes, string MostArena, long Macs,
    string MostMacs,
    double? Accuracy)
{
    public static ModelCost Of(LoweredModel model)
    {
        string Name(int index) =>
            Invariant($"operator {index}, {model.Graph.Operators[index].Kind} to ")
                + Invariant($"'{model.Graph.Operators[index].Outputs[0].Name}'");
        string Most(Func<int, long> cost, string unit)
        {
            int index = Enumerable.Range(0, model.Graph.Operators.Length).OrderByDescending(cost).ThenBy(i => i)
                .First();
            return Invariant($"{Name(index)}, with {cost(index):N0} {unit}");
        }

        ImmutableArray<long> liveBytes = model.LiveBytes(withClassify: true);
        return new ModelCost(
            model.Graph.Name,
            model.BakedBytes,
            Most(i => model.Graph.Operators[i].Inputs.Where(t => t.IsConstant).Sum(t => (long)t.Stored.ByteLength),
                "bytes of constants"),
            model.InstanceBytes,
            Most(i => liveBytes[i], "live bytes"),
            model.Graph.Macs,
            Most(i => model.Graph.Operators[i].Macs, "MACs"),
            model.Graph.FindMetric("accuracy")?.Value);
    }
}

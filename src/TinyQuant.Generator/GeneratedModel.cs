using System.Collections.Immutable;

namespace TinyQuant.Generator;

/// <summary>What a model costs, and which operator costs most of it.</summary>
internal sealed record ModelCost(
    string ModelName, long BakedBytes, string MostBytes, int InstanceBytes, string MostArena, long Macs, string MostMacs,
    double? Accuracy)
{
    public static ModelCost Of(LoweredModel model)
    {
        string Name(int index) => Invariant($"operator {index}, {model.Graph.Operators[index].Kind} to '{model.Graph.Operators[index].Outputs[0].Name}'");
        string Most(Func<int, long> cost, string unit)
        {
            int index = Enumerable.Range(0, model.Graph.Operators.Length).OrderByDescending(cost).ThenBy(i => i).First();
            return $"{Name(index)}, with {Literals.Number(cost(index))} {unit}";
        }
        ImmutableArray<long> liveBytes = model.LiveBytes(withClassify: true);
        return new ModelCost(
            model.Graph.Name,
            model.BakedBytes,
            Most(i => model.Graph.Operators[i].Inputs.Where(t => t.IsConstant).Sum(t => (long)t.Stored.ByteLength), "bytes of constants"),
            model.InstanceBytes,
            Most(i => liveBytes[i], "live bytes"),
            model.Graph.Macs,
            Most(i => model.Graph.Operators[i].Macs, "MACs"),
            model.Graph.FindMetric("accuracy")?.Value);
    }
}

/// <summary>The two files of a model, or the errors that kept it from being generated.</summary>
/// <param name="Shape">The type they belong to.</param>
/// <param name="Code">Constants and methods; empty where there are <paramref name="Collisions"/>.</param>
/// <param name="Weights">The baked weights; empty where there are errors.</param>
/// <param name="Cost">What it costs; null where there are errors.</param>
/// <param name="Errors">Errors of lowering; those of the file and the target are reported by their own steps.</param>
/// <param name="Collisions">What of the user's has the name of something that would be generated: <see cref="MemberCollisions"/>.</param>
internal sealed record GeneratedModel(
    TargetShape Shape, string Code, string Weights, ModelCost? Cost, EquatableArray<DiagnosticInfo> Errors, EquatableArray<string> Collisions);

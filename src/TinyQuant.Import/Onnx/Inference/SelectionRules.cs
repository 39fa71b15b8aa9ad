using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>One of several elements in each place, or one between bounds.</summary>
internal static class SelectionRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("Where") { LeastInputs = 3, MostInputs = 3, Infer = InferWhere, Fold = FoldWhere },
        new("Clip") { MostInputs = 3, Infer = Inferring.SetAlike, Fold = FoldClip },
    ];

    private static void InferWhere(Node node) => node.Set(0, node.Required(1).Type, Broadcasting.Shape(
        node.Required(0).Shape, node.Required(1).Shape, node.Required(2).Shape));

    private static Constant[] FoldWhere(Node node)
    {
        Constant condition = node.Required(0).Constant!, x = node.Required(1).Constant!, y = node.Required(2).Constant!;
        ImmutableArray<int> shape = node.Output.Shape;
        int[] conditions = Broadcasting.Map(condition.Shape, shape);
        int[] map = Broadcasting.Map(x.Shape, shape), others = Broadcasting.Map(y.Shape, shape);
        ReadOnlySpan<long> truths = condition.Integers;
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = truths[conditions[i]] != 0 ? map[i] : x.Count + others[i];
        }

        return [Elements.Gather(Elements.Join(x, y), shape, map)];
    }

    private static Constant[] FoldClip(Node node)
    {
        Constant x = node.Required(0).Constant!;
        Constant? least = node.Known(1, "the lower bound"), most = node.Known(2, "the upper bound");
        if (x.Type.IsInteger())
        {
            long low = least?.SingleInteger ?? long.MinValue, high = most?.SingleInteger ?? long.MaxValue;
            return [
                new Constant(x.Type, x.Shape, Array.ConvertAll(
                    x.Integers.ToArray(), v => Math.Min(Math.Max(v, low), high)))];
        }

        double lower = least?.SingleFloat ?? double.NegativeInfinity;
        double upper = most?.SingleFloat ?? double.PositiveInfinity;
        return [
            Computed.Reals(x.Type, x.Shape, Array.ConvertAll(
                x.Doubles.ToArray(), v => Math.Min(Math.Max(v, lower), upper)))];
    }
}

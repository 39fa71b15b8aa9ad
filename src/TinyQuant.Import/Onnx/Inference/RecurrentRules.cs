using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Layers that go through a sequence step by step.</summary>
internal static class RecurrentRules
{
    private static readonly string[] s_attributes =
        ["activation_alpha", "activation_beta", "activations", "clip", "direction", "hidden_size", "layout"];

    public static IEnumerable<OperatorRule> All =>
    [
        Of("LSTM", 4, 8, 3, "input_forget"), Of("GRU", 3, 6, 2, "linear_before_reset"), Of("RNN", 1, 6, 2),
    ];

    private static OperatorRule Of(string name, int gates, int inputs, int outputs, params string[] attributes) =>
        new(name)
        {
            LeastInputs = 3,
            MostInputs = inputs,
            MostOutputs = outputs,
            Attributes = [.. s_attributes, .. attributes],
            Infer = node => Infer(node, gates),
        };

    private static void Infer(Node node, int gates)
    {
        node.RequireRank(0, 3, 3);
        node.RequireRank(1, 3, 3);
        node.RequireRank(2, 3, 3);
        ImmutableArray<int> x = node.Required(0).Shape, w = node.Required(1).Shape, r = node.Required(2).Shape;
        string direction = node.Attributes.String("direction", "forward");
        Inferring.Require(direction is "forward" or "reverse" or "bidirectional",
            $"its direction is '{Places.Shown(direction)}'; expected forward, reverse or bidirectional");
        int directions = direction == "bidirectional" ? 2 : 1, hidden = r[2];
        Inferring.Require(
            w[0] == directions && r[0] == directions && w[1] == (long)gates * hidden && r[1] == w[1] && w[2] == x[2]
                && node.Attributes.Int("hidden_size", hidden) == hidden,
            $"its weights are {Shapes.Text(w)} and {Shapes.Text(r)}; its input is {Shapes.Text(x)}");
        bool isBatchFirst = node.Attributes.Flag("layout");
        (int steps, int batch) = isBatchFirst ? (x[1], x[0]) : (x[0], x[1]);
        ImmutableArray<int> state = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
        node.SetShape(isBatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden]);
        node.Set(1, node.Required(0).Type, state);
        node.Set(2, node.Required(0).Type, state);
    }
}

using TinyQuant.Evaluation;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Export.Tests.Support;

/// <summary>Our generated code and ONNX Runtime on the same inputs, operator by operator.</summary>
internal static class Agreement
{
    /// <summary>Asserts it of a small graph for random inputs.</summary>
    public static void Assert(Graph graph, int runs = 6)
    {
        graph = graph with { Rounding = Rounding.FloatEven };
        Xunit.Assert.Empty(GraphValidator.Validate(graph));
        var random = new Random(1);
        Assert(graph,
            Enumerable.Range(0, runs).Select(run =>
                graph.Inputs.Select(t => TensorValues.Random(t, random, run)).ToArray()));
    }

    /// <summary>Asserts it for given inputs: each operator gets what our code computed before it.</summary>
    public static void Assert(Graph graph, IEnumerable<byte[][]> inputs)
    {
        using CompiledModel model = CompiledModel.Compile(graph, tracesLayers: true);
        OnnxRun[] operators = [.. graph.Operators.Select(o => new OnnxRun(Alone(graph, o)))];
        foreach (byte[][] input in inputs)
        {
            Dictionary<Tensor, byte[]> values = Trace(model, input);
            for (int i = 0; i < operators.Length; i++)
            {
                Operator op = graph.Operators[i];
                byte[][] theirs = operators[i].Run([
                    .. op.Inputs.Where(t => !t.IsConstant).Distinct().Select(t => values[t])]);
                Difference.AssertWithinOneStep(
                    $"operator {i} ({op.Kind})", op.Outputs[0], values[op.Outputs[0]], theirs[0]);
            }
        }

        Array.ForEach(operators, o => o.Dispose());
    }

    private static Graph Alone(Graph graph, Operator op) => graph with
    {
        Tensors = [.. op.Inputs.Concat(op.Outputs).Distinct()],
        Inputs = [.. op.Inputs.Where(t => !t.IsConstant).Distinct()],
        Outputs = op.Outputs,
        Operators = [op],
        Labels = [],
    };

    private static Dictionary<Tensor, byte[]> Trace(CompiledModel model, byte[][] inputs)
    {
        Dictionary<Tensor, byte[]> values = model.Graph.Inputs.Zip(inputs).ToDictionary(p => p.First, p => p.Second);
        foreach ((int op, int output, byte[] bytes) in model.Trace(
            inputs, [.. model.Graph.Outputs.Select(t => new byte[t.ByteLength])]))
        {
            values.Add(model.Graph.Operators[op].Outputs[output], bytes);
        }

        return values;
    }
}

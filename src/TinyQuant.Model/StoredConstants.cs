using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>Constants in a form that saves room, int4 and float16. What computes sees them as int8 and float32.</summary>
public static class StoredConstants
{
    /// <summary>
    /// The graph with every such constant widened; the graph itself where there is none. <see cref="Tensor.Stored"/> of a
    /// widened one is what it was. Whoever reads data of constants, or types of operators' inputs, does this first.
    /// </summary>
    /// <param name="graph">A graph whose tensors are right by themselves.</param>
    public static Graph Widen(Graph graph)
    {
        var widened = graph.Tensors.Where(t => t.Type.IsStorage() && t.IsConstant).Distinct()
            .ToDictionary(t => t, t => t.Type == TensorType.Int4 ? Int4Data.Widen(t) : Float16Data.Widen(t));
        if (widened.Count == 0)
        {
            return graph;
        }
        Tensor Of(Tensor tensor) => widened.TryGetValue(tensor, out Tensor? found) ? found : tensor;
        return graph with
        {
            Tensors = [.. graph.Tensors.Select(Of)],
            Operators = [.. graph.Operators.Select(o => o.Inputs.Any(widened.ContainsKey) ? With(o, [.. o.Inputs.Select(Of)]) : o)],
        };
    }

    /// <summary>The operator over other inputs.</summary>
    private static Operator With(Operator op, ImmutableArray<Tensor> inputs)
    {
        Token Word(string text) => new(text, op.Line, 0, 0, Quoted: false);
        var attributes = new OperatorAttributes(Word(op.Kind), op.Attributes.Select(a => Word($"{a.Key}={a.Value}")), (_, _, _) => { });
        return OperatorFactory.Read(op.Kind, inputs, op.Outputs, attributes, op.Line, (_, _) => { }) ?? op;
    }
}

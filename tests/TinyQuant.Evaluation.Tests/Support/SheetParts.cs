using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>
/// Cuts the operators of a sheet into graphs: those that share a tensor stay together. A run checks each pair of its
/// caller's spans, so that the code of one graph with all of them would grow with the square of their number.
/// </summary>
internal static class SheetParts
{
    /// <summary>A graph takes no further operators from so many tensors of its caller on.</summary>
    private const int CallerTensors = 16;

    public static IEnumerable<Graph> Of(
        IEnumerable<Operator> operators, IReadOnlyCollection<Tensor> inputs, IReadOnlyCollection<Tensor> outputs)
    {
        var ofCaller = inputs.Concat(outputs).ToHashSet();
        var part = new List<Operator>();
        foreach (List<Operator> group in Groups(operators))
        {
            part.AddRange(group);
            if (Tensors(part).Count(ofCaller.Contains) >= CallerTensors)
            {
                yield return ToGraph(part, inputs, outputs);
                part.Clear();
            }
        }

        if (part.Count > 0)
        {
            yield return ToGraph(part, inputs, outputs);
        }
    }

    /// <summary>Operators that read or write a tensor in common, directly or by others, in their order.</summary>
    private static IEnumerable<List<Operator>> Groups(IEnumerable<Operator> operators)
    {
        var groups = new List<List<Operator>>();
        foreach (Operator op in operators)
        {
            var own = Tensors([op]).Where(t => !t.IsConstant).ToHashSet();
            List<List<Operator>> joined = [.. groups.Where(g => Tensors(g).Any(own.Contains))];
            groups.RemoveAll(joined.Contains);
            groups.Add([.. joined.SelectMany(g => g), op]);
        }

        return groups;
    }

    private static IEnumerable<Tensor> Tensors(IEnumerable<Operator> operators) =>
        operators.SelectMany(o => o.Inputs.Concat(o.Outputs)).Distinct();

    private static Graph ToGraph(
        IReadOnlyCollection<Operator> operators, IEnumerable<Tensor> inputs, IEnumerable<Tensor> outputs)
    {
        ImmutableArray<Tensor> tensors = [.. Tensors(operators)];
        return new Graph
        {
            Name = "sheet",
            Tensors = tensors,
            Inputs = [.. inputs.Where(tensors.Contains)],
            Outputs = [.. outputs.Where(tensors.Contains)],
            Operators = [.. operators],
        };
    }
}

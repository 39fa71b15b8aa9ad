using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Concatenation and Pack, any type: a copy for each input.</summary>
internal sealed class JoinEmitter : IOperatorEmitter
{
    public static readonly JoinEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var join = (Join)op;
        int rows = join.Output.Shape.Take(join.Axis).Aggregate(1, (product, size) => product * size);
        string output = context.Span(join.Output);
        int begin = 0;
        var calls = new List<KernelArgument[]>();
        foreach (Tensor input in join.Inputs)
        {
            calls.Add([context.Span(input), ("rows", rows), ("begin", begin), output]);
            begin += input.ElementCount / rows;
        }

        return context.Calls(op, $"Kernels::RowCopy.Join<{join.Output.Type.ToCSharp()}>", calls);
    }
}

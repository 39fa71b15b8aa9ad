using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Split, SplitV and Unpack, any type: a copy for each output.</summary>
internal sealed class PartitionEmitter : IOperatorEmitter
{
    public static readonly PartitionEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var partition = (Partition)op;
        int rows = partition.Input.Shape.Take(partition.Axis).Aggregate(1, (product, size) => product * size);
        string input = context.Span(partition.Input);
        int begin = 0;
        var calls = new List<KernelArgument[]>();
        foreach (Tensor output in partition.Outputs)
        {
            calls.Add([input, ("rows", rows), ("begin", begin), context.Span(output)]);
            begin += output.ElementCount / rows;
        }

        return context.Calls(op, $"Kernels::RowCopy.Split<{partition.Input.Type.ToCSharp()}>", calls);
    }
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>How two operands are stretched to one shape, as an argument.</summary>
internal static class BroadcastWriter
{
    /// <summary>Bakes sizes and strides; nothing for operands of one shape.</summary>
    public static KernelArgument Write(BinaryOperator op, LoweringContext context)
    {
        if (op.Left.ElementCount == op.Output.ElementCount && op.Right.ElementCount == op.Output.ElementCount)
        {
            return ("geometry", "default");
        }
        List<(int Size, int Left, int Right)> dimensions = Collapse(op);
        string table = context.Bake(op.Output.Name + ".broadcast",
            [.. dimensions.Select(d => d.Size), .. dimensions.Select(d => d.Left), .. dimensions.Select(d => d.Right)],
            "sizes of the output's dimensions, and the elements from one index to the next of each operand");
        int rank = dimensions.Count;
        return KernelArgument.New("Kernels::BroadcastGeometry",
            ("sizes", Invariant($"{table}.Slice(0, {rank})")),
            ("leftStrides", Invariant($"{table}.Slice({rank}, {rank})")),
            ("rightStrides", Invariant($"{table}.Slice({2 * rank}, {rank})")));
    }

    /// <summary>Dimensions that both operands run through, or repeat, in the same way become one.</summary>
    private static List<(int Size, int Left, int Right)> Collapse(BinaryOperator op)
    {
        int[] left = Strides(op.Left, op.Output);
        int[] right = Strides(op.Right, op.Output);
        var collapsed = new List<(int Size, int Left, int Right)>();
        for (int d = 0; d < op.Output.Shape.Length; d++)
        {
            int size = op.Output.Shape[d];
            if (size == 1)
            {
                continue;
            }
            if (collapsed.Count > 0 && collapsed[collapsed.Count - 1] is var outer
                && outer.Left == left[d] * size && outer.Right == right[d] * size)
            {
                collapsed[collapsed.Count - 1] = (outer.Size * size, left[d], right[d]);
            }
            else
            {
                collapsed.Add((size, left[d], right[d]));
            }
        }
        return collapsed.Count > 0 ? collapsed : [(1, 0, 0)];
    }

    /// <summary>The elements from one index of each of the output's dimensions to the next; 0 where the operand is repeated.</summary>
    private static int[] Strides(Tensor operand, Tensor output)
    {
        var strides = new int[output.Shape.Length];
        int stride = 1;
        for (int fromEnd = 1; fromEnd <= operand.Shape.Length; fromEnd++)
        {
            int size = operand.Shape[operand.Shape.Length - fromEnd];
            strides[output.Shape.Length - fromEnd] = size == 1 ? 0 : stride;
            stride *= size;
        }
        return strides;
    }
}

using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>How two operands are stretched to one shape, as an argument.</summary>
internal static class BroadcastWriter
{
    /// <summary>Of the elements of an operator's operands.</summary>
    public static KernelArgument Write(BinaryOperator op, LoweringContext context) =>
        Write("geometry", op.Left.Shape, op.Right.Shape, op.Output, op.Output.Shape, context);

    /// <summary>Bakes sizes and strides; nothing for operands of one shape.</summary>
    /// <param name="parameter">The kernel's parameter.</param>
    /// <param name="left">The dimensions of the first operand.</param>
    /// <param name="right">The dimensions of the second operand.</param>
    /// <param name="output">Whose they are.</param>
    /// <param name="shape">The dimensions that both are stretched to, at least as many as either has.</param>
    /// <param name="context">Where to bake.</param>
    public static KernelArgument Write(
        string parameter, ImmutableArray<int> left, ImmutableArray<int> right, Tensor output, ImmutableArray<int> shape,
        LoweringContext context)
    {
        int count = Count(shape);
        if (Count(left) == count && Count(right) == count)
        {
            return (parameter, "default");
        }

        List<(int Size, int Left, int Right)> dimensions = Collapse(left, right, shape);
        string table = context.Bake(output.Name + ".broadcast",
            [.. dimensions.Select(d => d.Size), .. dimensions.Select(d => d.Left), .. dimensions.Select(d => d.Right)],
            "sizes of the output's dimensions, and the elements from one index to the next of each operand");
        int rank = dimensions.Count;
        return KernelArgument.New("Kernels::BroadcastGeometry",
            ("sizes", Invariant($"{table}.Slice(0, {rank})")),
            ("leftStrides", Invariant($"{table}.Slice({rank}, {rank})")),
            ("rightStrides", Invariant($"{table}.Slice({2 * rank}, {rank})")));
    }

    /// <summary>Dimensions that both operands run through, or repeat, in the same way become one.</summary>
    private static List<(int Size, int Left, int Right)> Collapse(
        ImmutableArray<int> leftShape, ImmutableArray<int> rightShape, ImmutableArray<int> shape)
    {
        int[] left = Strides(leftShape, shape);
        int[] right = Strides(rightShape, shape);
        var collapsed = new List<(int Size, int Left, int Right)>();
        for (int d = 0; d < shape.Length; d++)
        {
            int size = shape[d];
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

    /// <summary>
    /// The elements from one index of each of the output's dimensions to the next; 0 where the operand is repeated.
    /// </summary>
    private static int[] Strides(ImmutableArray<int> operand, ImmutableArray<int> output)
    {
        var strides = new int[output.Length];
        int stride = 1;
        for (int fromEnd = 1; fromEnd <= operand.Length; fromEnd++)
        {
            int size = operand[operand.Length - fromEnd];
            strides[output.Length - fromEnd] = size == 1 ? 0 : stride;
            stride *= size;
        }

        return strides;
    }

    private static int Count(ImmutableArray<int> shape) => shape.Aggregate(1, (product, size) => product * size);
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// A strided view as an argument: sizes of dimensions, and the elements of the tensor from one index to the next.
/// </summary>
internal static class ViewWriter
{
    /// <summary>Bakes a view, with dimensions merged where one runs on where the next inner one ends.</summary>
    /// <param name="context">Where to bake.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="begin">The tensor's element at index 0 of all dimensions.</param>
    /// <param name="dimensions">Outermost first.</param>
    public static KernelArgument Write(
        LoweringContext context, string name, int begin, IEnumerable<(int Size, int Stride)> dimensions)
    {
        List<(int Size, int Stride)> collapsed = Collapse(dimensions);
        string table = context.Bake(name, [.. collapsed.Select(d => d.Size), .. collapsed.Select(d => d.Stride)],
            "sizes of dimensions, and the elements from one index to the next");
        int rank = collapsed.Count;
        return KernelArgument.New("Kernels::StridedView",
            ("begin", begin),
            ("sizes", Invariant($"{table}.Slice(0, {rank})")),
            ("strides", Invariant($"{table}.Slice({rank}, {rank})")));
    }

    /// <summary>The elements from one index of each dimension to the next.</summary>
    public static int[] Strides(Tensor tensor)
    {
        var strides = new int[tensor.Shape.Length];
        int stride = 1;
        for (int d = strides.Length - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= tensor.Shape[d];
        }

        return strides;
    }

    internal static List<(int Size, int Stride)> Collapse(IEnumerable<(int Size, int Stride)> dimensions)
    {
        var collapsed = new List<(int Size, int Stride)>();
        foreach ((int size, int stride) in dimensions.Where(d => d.Size != 1))
        {
            if (collapsed.Count > 0 && collapsed[collapsed.Count - 1] is var outer
                && outer.Stride == (long)stride * size)
            {
                collapsed[collapsed.Count - 1] = (outer.Size * size, stride);
            }
            else
            {
                collapsed.Add((size, stride));
            }
        }

        return collapsed.Count > 0 ? collapsed : [(1, 1)];
    }
}

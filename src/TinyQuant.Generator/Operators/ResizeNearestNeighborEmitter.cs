using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>ResizeNearestNeighbor, any type; which row and column is copied where is worked out here.</summary>
internal sealed class ResizeNearestNeighborEmitter : IOperatorEmitter
{
    public static readonly ResizeNearestNeighborEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var resize = (ResizeNearestNeighbor)op;
        Tensor input = resize.Input;
        string name = resize.Output.Name;
        context.Budget.Require(
            context.CostIndex, 2L * sizeof(int) * ((long)resize.Output.Shape[1] + resize.Output.Shape[2]));
        return context.Call(op, $"Kernels::ResizeNearestNeighbor.Run<{input.Type.ToCSharp()}>",
            context.Span(input),
            ("height", input.Shape[1]),
            ("width", input.Shape[2]),
            ("channels", input.Shape[3]),
            context.Bake(name + ".rows", Nearest(resize, 1), "the row that each row is a copy of"),
            context.Bake(name + ".columns", Nearest(resize, 2), "the column that each column is a copy of"),
            context.Span(resize.Output));
    }

    /// <summary>TensorFlow Lite's <c>GetNearestNeighbor</c>, each step rounded to float32.</summary>
    private static int[] Nearest(ResizeNearestNeighbor resize, int dimension)
    {
        int from = resize.Input.Shape[dimension];
        int to = resize.Output.Shape[dimension];
        float scale = resize.AlignCorners && to > 1
            ? (float)((float)(from - 1) / (float)(to - 1))
            : (float)((float)from / (float)to);
        float offset = resize.HalfPixelCenters ? 0.5f : 0;
        return [.. Enumerable.Range(0, to).Select(i =>
        {
            float position = (float)((float)(i + offset) * scale);
            double nearest = resize.AlignCorners
                ? Math.Round((double)position, MidpointRounding.AwayFromZero)
                : Math.Floor((double)position);
            return (int)Math.Min(nearest, from - 1);
        })];
    }
}

using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>ResizeBilinear, int8 and float32; which rows and columns are mixed, and how, is worked out here.</summary>
internal sealed class ResizeBilinearEmitter : IOperatorEmitter
{
    public static readonly ResizeBilinearEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var resize = (ResizeBilinear)op;
        Tensor input = resize.Input;
        string span = context.Span(input);
        (string rows, string rowParts) = Bake(context, resize, 1, "row");
        (string columns, string columnParts) = Bake(context, resize, 2, "column");
        string method = resize.IsLegacy ? "Bytes"
            : resize.HasIntegerPlaces ? $"Run<{TypeArguments.FixedPoint(context.FixedPointRounding)}>"
            : "Run";
        return context.Call(op, $"Kernels::ResizeBilinear.{method}", span,
            ("height", input.Shape[1]), ("width", input.Shape[2]), ("channels", input.Shape[3]),
            rows, rowParts, columns, columnParts, context.Span(resize.Output));
    }

    private static (string Pairs, string Parts) Bake(
        LoweringContext context, ResizeBilinear resize, int dimension, string what)
    {
        string name = $"{resize.Output.Name}.{what}";
        bool isInteger = resize.HasIntegerPlaces;
        context.Budget.Require(context.CostIndex, 6L * sizeof(int) * resize.Output.Shape[dimension]);
        (int First, int Second, float Part)[] places = [.. Enumerable.Range(0, resize.Output.Shape[dimension])
            .Select(i => isInteger ? Int8(resize, dimension, i) : Float32(resize, dimension, i))];
        string pairs = context.Bake(name + "s", [.. places.SelectMany(p => new[] { p.First, p.Second })],
            $"the two that each {what} lies between");
        string comment = $"how far each {what} lies from the first of them";
        string parts = isInteger
            ? context.Bake(
                name + ".parts", [.. places.Select(p => (int)p.Part)], comment + $", in 1/{ResizeBilinear.Steps}")
            : context.Bake(name + ".parts", TensorType.Float32,
                MemoryMarshal.AsBytes(places.Select(p => p.Part).ToArray().AsSpan()).ToArray(), comment);
        return (pairs, parts);
    }

    /// <summary>
    /// <c>ComputeInterpolationValuesInteger</c> of kernels/internal/reference/resize_bilinear.h; its divisions go
    /// toward 0.
    /// </summary>
    private static (int First, int Second, float Part) Int8(ResizeBilinear resize, int dimension, int index)
    {
        const int steps = ResizeBilinear.Steps;
        int place = (int)resize.Place(dimension, index);
        int first = Math.Max(place / steps, 0);
        int second = Math.Min((place + steps - 1) / steps, resize.Input.Shape[dimension] - 1);
        return (first, second, place - (first * steps));
    }

    /// <summary><c>ComputeInterpolationValues</c> of the same file, each step rounded to float32.</summary>
    private static (int First, int Second, float Part) Float32(ResizeBilinear resize, int dimension, int index)
    {
        int from = resize.Input.Shape[dimension];
        int to = resize.Output.Shape[dimension];
        float scale = resize.AlignCorners && to > 1
            ? (float)((float)(from - 1) / (float)(to - 1))
            : (float)((float)from / (float)to);
        float place = resize.HalfPixelCenters
            ? (float)((float)((float)(index + 0.5f) * scale) - 0.5f)
            : (float)(index * scale);
        int first = Math.Max((int)Math.Floor((double)place), 0);
        int second = Math.Min((int)Math.Ceiling((double)place), from - 1);
        return (first, second, (float)(place - first));
    }
}

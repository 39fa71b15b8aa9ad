using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Images of another size: of the places that ONNX asks for, those that an operator here has.</summary>
internal static class ResizeMappings
{
    public static IEnumerable<OnnxMapping> All => [new("Resize", Resize)];

    private static void Resize(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        if (node.Attributes.Flag("antialias"))
        {
            throw new UnsupportedException("it looks at more than the neighbours, by antialias=1; expected 0");
        }

        switch (node.Attributes.String("mode", "nearest"))
        {
            case "nearest":
                Nearest(node, writer, x);
                break;
            case "linear" when x.Rank == 4 && x.Shape.Take(2).SequenceEqual(node.Output.Shape.Take(2)):
                Linear(node, writer, x);
                break;
            default:
                throw new UnsupportedException(
                    $"its mode is '{Places.Shown(node.Attributes.String("mode", "nearest"))}' of {x.TypeAndShape}; "
                        + "expected nearest, or linear along rows and columns of four dimensions");
        }
    }

    /// <summary>Dimension by dimension: whatever ONNX calls near is a place that is known.</summary>
    private static void Nearest(Node node, GraphWriter writer, Value x)
    {
        ResizePlaces places = new(node);
        writer.Charge(node.Output.Shape.Sum(s => (long)s * sizeof(int)));
        AxisOrder order = writer.Find(x).Order;
        if (x.Rank == 4 && TensorFlowNearest(node, places, x.Shape) is var (aligned, half))
        {
            Tensor image = writer.Read(x, Images.Order(x.Shape), Images.Shape(x.Shape));
            Tensor resized = writer.New(node.Output, Images.Shape(node.Output.Shape));
            writer.Add(new ResizeNearestNeighbor(image, resized, aligned, half));
            writer.Store(node.Output, resized, Images.Order(node.Output.Shape));
            return;
        }

        Tensor tensor = writer.Find(x).Tensor;
        for (int d = 0; d < x.Rank; d++)
        {
            if (x.Shape[d] == node.Output.Shape[d] && places.IsWhole(d))
            {
                continue;
            }

            int axis = d;
            int[] nearest = [.. Enumerable.Range(0, node.Output.Shape[d]).Select(i => places.Nearest(axis, i))];
            var view = AxisView.Of(order, d);
            if (!view.Order.Equals(order))
            {
                throw new UnsupportedException(
                    Invariant($"it resizes a dimension that lies in parts, {d} of {x.TypeAndShape}"));
            }

            tensor = AxisGather.Write(writer, node.Output.Name, writer.View(tensor, view.Shape), nearest);
            order = view.Order.Resized(d, nearest.Length);
        }

        writer.Store(node.Output, tensor, order);
    }

    private static (bool Aligned, bool Half)? TensorFlowNearest(
        Node node, ResizePlaces places, ImmutableArray<int> shape)
    {
        if (!shape.Take(2).SequenceEqual(node.Output.Shape.Take(2)))
        {
            return null;
        }

        foreach ((bool aligned, bool half) in new[] { (false, false), (false, true), (true, false) })
        {
            bool fits = true;
            for (int d = 2; d < 4 && fits; d++)
            {
                int input = shape[d], output = node.Output.Shape[d];
                for (int i = 0; i < output && fits; i++)
                {
                    fits = TensorFlowResize.Nearest(input, output, i, aligned, half) == places.Nearest(d, i);
                }
            }

            if (fits)
            {
                return (aligned, half);
            }
        }

        return null;
    }

    private static void Linear(Node node, GraphWriter writer, Value x)
    {
        const double tolerance = 1e-5;
        writer.Charge(node.Output.Shape.Sum(s => (long)s * sizeof(int)));
        ResizePlaces places = new(node);
        foreach ((bool aligned, bool half) in new[] { (false, true), (true, false), (false, false) })
        {
            bool fits = true;
            for (int d = 2; d < 4 && fits; d++)
            {
                int input = x.Shape[d], output = node.Output.Shape[d];
                for (int i = 0; i < output && fits; i++)
                {
                    double place = Math.Clamp(places.Of(d, i), 0, input - 1);
                    fits = Math.Abs(place - TensorFlowResize.Linear(input, output, i, aligned, half)) <= tolerance;
                }
            }

            if (fits)
            {
                Tensor image = writer.Read(x, Images.Order(x.Shape), Images.Shape(x.Shape));
                Tensor resized = writer.New(node.Output, Images.Shape(node.Output.Shape));
                writer.Add(new ResizeBilinear(image, resized, aligned, half));
                writer.Store(node.Output, resized, Images.Order(node.Output.Shape));
                return;
            }
        }

        throw new UnsupportedException("it interpolates between places that no operator here does, by its "
            + $"coordinate_transformation_mode={Places.Shown(places.Mode)}; expected those of align_corners, half_pixel or "
            + "asymmetric");
    }
}

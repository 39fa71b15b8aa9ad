using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>What is made of shapes and numbers alone.</summary>
internal static class GeneratorRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("Constant")
        {
            LeastInputs = 0,
            MostInputs = 0,
            Attributes =
            [
                "value", "value_float", "value_floats", "value_int", "value_ints", "value_string", "value_strings",
                "sparse_value",
            ],
            Infer = node => node.Set(0, ConstantOf(node).Type, ConstantOf(node).Shape),
            Fold = node => [ConstantOf(node)],
        },
        new("Shape")
        {
            MostInputs = 1,
            Attributes = ["start", "end"],
            Infer = node => node.Set(0, OnnxType.Int64, [Sizes(node).Length]),
            Fold = node => [new Constant(OnnxType.Int64, [Sizes(node).Length], [.. Sizes(node)])],
            FoldsShapes = true,
        },
        new("Size")
        {
            MostInputs = 1,
            Infer = node => node.Set(0, OnnxType.Int64, []),
            Fold = node => [new Constant(OnnxType.Int64, [], Shapes.Count(node.Required(0).Shape))],
            FoldsShapes = true,
        },
        new("ConstantOfShape")
        {
            MostInputs = 1,
            Attributes = ["value"],
            Infer = InferOfShape,
            Fold = node => [Elements.Filled(Filling(node), node.Output.Shape)],
        },
        new("EyeLike")
        {
            MostInputs = 1,
            Attributes = ["dtype", "k"],
            Infer = InferDiagonal,
            Fold = FoldDiagonal,
            FoldsShapes = true,
        },
        new("Range") { LeastInputs = 3, MostInputs = 3, Infer = InferRange, Fold = FoldRange },
        new("OneHot")
        {
            LeastInputs = 3,
            MostInputs = 3,
            Attributes = ["axis"],
            Infer = InferOneHot,
            Fold = FoldOneHot,
        },
        new("NonZero") { MostInputs = 1, Infer = InferNonZero, Fold = FoldNonZero },
    ];

    private static Constant ConstantOf(Node node)
    {
        Attributes attributes = node.Attributes;
        Inferring.Require(attributes.Count == 1, "it has not one value");
        string name = attributes.Names.First();
        return name switch
        {
            "value_float" => new Constant([], attributes.Float(name, 0)),
            "value_int" => new Constant(OnnxType.Int64, [], attributes.Int(name, 0)),
            "value_floats" when attributes.Floats(name) is var reals => new Constant([reals.Length], [.. reals]),
            "value_ints" when attributes.Ints(name) is var integers =>
                new Constant(OnnxType.Int64, [integers.Length], [.. integers]),
            "value_string" => new Constant([], [attributes.String(name, "")]),
            "value_strings" when attributes.Strings(name) is var texts => new Constant([texts.Length], texts),
            _ => attributes.Tensor(name) ?? throw new UnsupportedException("it has no value"),
        };
    }

    private static ImmutableArray<long> Sizes(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        int start = Counted(node.Attributes.Int("start", 0), shape.Length);
        int end = Counted(node.Attributes.Int("end", shape.Length), shape.Length);
        return [.. shape.Skip(start).Take(Math.Max(0, end - start)).Select(s => (long)s)];
    }

    private static int Counted(long place, int rank) => (int)Math.Clamp(place < 0 ? place + rank : place, 0, rank);

    private static Constant Filling(Node node)
    {
        Constant value = node.Attributes.Tensor("value") ?? new Constant([1], 0f);
        Inferring.Require(value.Count == 1, $"it fills with {value}; expected one element");
        return value;
    }

    private static void InferOfShape(Node node)
    {
        var sizes = ImmutableArray.CreateBuilder<int>();
        foreach (long size in node.Integers(0, "the shape"))
        {
            sizes.Add(Inferring.Size(size, "a size of the shape"));
        }

        node.Set(0, Filling(node).Type, sizes.ToImmutable());
    }

    private static void InferDiagonal(Node node)
    {
        node.RequireRank(0, 2, 2);
        var type = (OnnxType)node.Attributes.Int32("dtype", (int)node.Required(0).Type);
        Inferring.Require(type.Bits() > 0, $"it makes {type.Word()}, which is not supported");
        node.Set(0, type, node.Required(0).Shape);
    }

    private static Constant[] FoldDiagonal(Node node)
    {
        ImmutableArray<int> shape = node.Output.Shape;
        long offset = node.Attributes.Int("k", 0);
        long[] ones = new long[Shapes.Count(shape)];
        for (int i = 0; i < ones.Length; i++)
        {
            ones[i] = (i % shape[1]) - (i / shape[1]) == offset ? 1 : 0;
        }

        return [CastRules.To(new Constant(OnnxType.Int64, shape, ones), node.Output.Type)];
    }

    private static void InferRange(Node node)
    {
        double start = One(node, 0, "the start"), end = One(node, 1, "the end"), step = One(node, 2, "the step");
        double count = Math.Max(0, Math.Ceiling((end - start) / step));
        Inferring.Require(count <= Inferring.MostFolded, Invariant($"it makes {count} elements; expected at most ")
            + Invariant($"{Inferring.MostFolded}"));
        node.Set(0, node.Required(0).Type, [(int)count]);
    }

    private static double One(Node node, int input, string what)
    {
        Constant known = node.Known(input, what) ?? throw new UnsupportedException($"{what} is missing");
        Inferring.Require(known.Count == 1, $"{what} is {known}; expected one element");
        return known.Doubles[0];
    }

    private static Constant[] FoldRange(Node node)
    {
        Constant start = node.Required(0).Constant!, step = node.Required(2).Constant!;
        int count = node.Output.Shape[0];
        return start.Type.IsInteger()
            ? [
                Computed.Integers(start.Type, [count], [
                    .. Enumerable.Range(0, count).Select(i => checked(start.Integers[0] + (i * step.Integers[0])))])]
            : [
                Computed.Reals(start.Type, [count], [
                    .. Enumerable.Range(0, count).Select(i => start.Doubles[0] + (i * step.Doubles[0]))])];
    }

    private static void InferOneHot(Node node)
    {
        Constant depth = node.Known(1, "the depth")!;
        Inferring.Require(depth.Count == 1, $"its depth is {depth}; expected one number");
        ImmutableArray<int> shape = node.Required(0).Shape;
        int axis = Inferring.Axis(node.Attributes.Int("axis", -1), shape.Length + 1);
        node.Set(0, node.Required(2).Type, shape.Insert(axis, Inferring.Size((long)depth.Doubles[0], "its depth")));
    }

    private static Constant[] FoldOneHot(Node node)
    {
        Constant indexes = node.Required(0).Constant!, values = node.Required(2).Constant!;
        ImmutableArray<int> shape = node.Output.Shape;
        int axis = Inferring.Axis(node.Attributes.Int("axis", -1), shape.Length), depth = shape[axis];
        int inner = (int)Shapes.Count(shape.AsSpan()[(axis + 1)..]);
        double[] places = indexes.Doubles.ToArray();
        int[] map = new int[Shapes.Count(shape)];
        for (int i = 0; i < map.Length; i++)
        {
            double place = places[((i / (inner * depth)) * inner) + (i % inner)];
            map[i] = (place < 0 ? place + depth : place) == i / inner % depth ? 1 : 0;
        }

        Inferring.Require(values.Count == 2, $"its values are {values}; expected two");
        return [Elements.Gather(values, shape, map)];
    }

    private static void InferNonZero(Node node)
    {
        Constant x = node.Known(0, "what it looks for numbers in")!;
        node.Set(0, OnnxType.Int64, [Math.Max(1, x.Shape.Length), Places(x).Count]);
    }

    private static Constant[] FoldNonZero(Node node)
    {
        Constant x = node.Required(0).Constant!;
        List<int> places = Places(x);
        int[] steps = Elements.Steps(x.Shape);
        long[] indexes = [
            .. Enumerable.Range(0, x.Shape.Length)
                .SelectMany(d => places.Select(p => (long)(p / steps[d] % x.Shape[d])))];
        return x.Shape.IsEmpty
            ? [new Constant(OnnxType.Int64, [1, places.Count], new long[places.Count])]
            : [new Constant(OnnxType.Int64, [x.Shape.Length, places.Count], indexes)];
    }

    private static List<int> Places(Constant x)
    {
        Inferring.Require(x.Count <= Inferring.MostFolded,
            Invariant($"it looks through {x.Count} elements; expected at most {Inferring.MostFolded}"));
        ReadOnlySpan<double> values = x.Doubles;
        var places = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                places.Add(i);
            }
        }

        return places;
    }
}

using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Tests.Onnx.Support;

namespace TinyQuant.Import.Tests.Onnx.Inference;

/// <summary>What constants are evaluated to.</summary>
public sealed class FoldingTests
{
    [Theory]
    [InlineData("Add", new[] { 11f, 22, 13, 24 })]
    [InlineData("Sub", new[] { -9f, -18, -7, -16 })]
    [InlineData("Mul", new[] { 10f, 40, 30, 80 })]
    [InlineData("Div", new[] { 0.1f, 0.1f, 0.3f, 0.2f })]
    [InlineData("Max", new[] { 10f, 20, 10, 20 })]
    [InlineData("Min", new[] { 1f, 2, 3, 4 })]
    [InlineData("Mean", new[] { 5.5f, 11, 6.5f, 12 })]
    [InlineData("Pow", new[] { 1f, 1048576, 59049, 1099511627776 })]
    public void Reals_are_computed_in_pairs(string op, float[] expected) =>
        Assert.Equal(expected, Constant(op, new OnnxFile().Floats("a", [2, 2], 1, 2, 3, 4).Floats("b", [2], 10, 20))
            .Floats.ToArray());

    [Theory]
    [InlineData("Div", new[] { -3L, 3, -3 })]
    [InlineData("Mod", new[] { 1L, 1, -1 })]
    [InlineData("Sub", new[] { -9L, 5, 9 })]
    public void Integers_are_cut_off_and_rest_as_the_divisor(string op, long[] expected) => Assert.Equal(expected,
        Constant(op, new OnnxFile().Longs("a", [3], -7, 7, 7).Longs("b", [3], 2, 2, -2)).Integers.ToArray());

    [Fact]
    public void Integers_compare_beyond_what_reals_hold()
    {
        OnnxFile file = new OnnxFile().Longs("a", [2], long.MaxValue, 5).Longs("b", [2], long.MaxValue - 1, 5);

        Assert.Equal([0, 1], Constant("Equal", file).Integers.ToArray());
        Assert.Equal([1, 0], Constant("Greater", new OnnxFile().Longs("a", [2], long.MaxValue, 5)
            .Longs("b", [2], long.MaxValue - 1, 5)).Integers.ToArray());
    }

    [Theory]
    [InlineData((int)OnnxType.Int64, new[] { -1L, 2, 300, 0 })]
    [InlineData((int)OnnxType.Bool, new[] { 1L, 1, 1, 0 })]
    [InlineData((int)OnnxType.UInt8, new[] { 0L, 2, 255, 0 })]
    [InlineData((int)OnnxType.Int8, new[] { -1L, 2, 127, 0 })]
    public void Reals_are_cast(int type, long[] expected) => Assert.Equal(expected, Front.Constant(new OnnxFile()
        .Floats("a", [4], -1.7f, 2.9f, 300, 0).Node("Cast", "a", "y", ("to", type)).Output("y").Build())
        .Integers.ToArray());

    [Fact]
    public void Elements_move_as_the_operator_says()
    {
        OnnxFile File() => new OnnxFile().Longs("a", [2, 3], 1, 2, 3, 4, 5, 6)
            .Longs("i", [2], 2, -3).Longs("zero", [1], 0).Longs("one", [1], 1).Longs("two", [1], 2)
            .Longs("minus", [1], -1).Longs("far", [1], -100).Longs("pads", [4], 0, 1, 0, -1).Longs("twice", [2], 1, 2)
            .Longs("six", [1], 6).Longs("g", [2, 2], 0, 1, 1, -1).Longs("none", [2, 0]);
        (string Op, string Inputs, (string, object)[] Attributes, int[] Shape, long[] Elements)[] cases =
        [
            ("Transpose", "a", [], [3, 2], [1, 4, 2, 5, 3, 6]),
            ("Gather", "a i", [("axis", 1)], [2, 2], [3, 1, 6, 4]),
            ("Slice", "a minus far one minus", [], [2, 3], [3, 2, 1, 6, 5, 4]),
            ("Slice", "a one six one two", [], [2, 1], [2, 5]),
            ("Concat", "a a", [("axis", 1)], [2, 6], [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]),
            ("Concat", "a a", [("axis", -2)], [4, 3], [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]),
            ("Pad", "a pads", [], [2, 3], [0, 1, 2, 0, 4, 5]),
            ("Tile", "a twice", [], [2, 6], [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]),
            ("Reshape", "a minus", [], [6], [1, 2, 3, 4, 5, 6]),
            ("Unsqueeze", "a minus", [], [2, 3, 1], [1, 2, 3, 4, 5, 6]),
            ("ReduceSum", "a one", [("keepdims", 0)], [2], [6, 15]),
            ("ReduceMax", "a", [], [1, 1], [6]),
            ("GatherND", "a g", [], [2], [2, 6]),
            ("GatherND", "a none", [], [2, 2, 3], [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]),
            ("Trilu", "a", [("upper", 0)], [2, 3], [1, 0, 0, 4, 5, 0]),
            ("Shape", "a", [], [2], [2, 3]),
            ("Size", "a", [], [], [6]),
            ("NonZero", "a", [], [2, 6], [0, 0, 0, 1, 1, 1, 0, 1, 2, 0, 1, 2]),
        ];

        Assert.All(cases, c =>
        {
            int version = c.Op == "ReduceMax" ? 18 : 17;
            Constant found = Front.Constant(File().Node(c.Op, c.Inputs, "y", c.Attributes).Output("y").Build(version));
            Assert.Equal((c.Op, Shapes(c.Shape)), (c.Op, Shapes(found.Shape)));
            Assert.Equal(c.Elements, found.Integers.ToArray());
        });
    }

    [Fact]
    public void Scatter_where_split_and_one_hot_choose_elements()
    {
        OnnxFile File() => new OnnxFile().Longs("a", [4], 1, 2, 3, 4).Longs("b", [4], 9, 8, 7, 6)
            .Longs("at", [2, 1], 3, 0).Longs("u", [2], 50, 60).Bytes("c", OnnxType.Bool, [4], 1, 0, 0, 1)
            .Longs("depth", [], 3).Longs("offOn", [2], 0, 5).Longs("three", [2], 3, 1).Longs("i", [2], 2, -3);

        Assert.Equal([60, 2, 3, 50], Integers(File().Node("ScatterND", "a at u", "y")));
        Assert.Equal([1, 8, 7, 4], Integers(File().Node("Where", "c a b", "y")));
        Assert.Equal([0, 0, 5, 5, 0, 0], Integers(File().Node("OneHot", "i depth offOn", "y")));
        Assert.Equal([4], Integers(File().Node("Split", "a three", "x y")));
    }

    [Fact]
    public void Reals_become_codes_with_halves_to_even()
    {
        Constant codes = Front.Constant(new OnnxFile().Floats("x", [6], 0.25f, 0.75f, -0.25f, 1000, -1000, 0.4f)
            .Floats("s", [], 0.5f).Bytes("z", OnnxType.Int8, [], 1)
            .Node("QuantizeLinear", "x s z", "y").Output("y").Build());

        Assert.Equal([1, 3, 1, 127, -128, 2], codes.Integers.ToArray());
    }

    [Fact]
    public void Codes_stay_codes_and_are_reals_where_one_is_asked_for()
    {
        Network network = Front.Read(new OnnxFile().Input("x", OnnxType.Float32, 1, 2)
            .Bytes("w", OnnxType.Int8, [2, 2], 1, 2, 255, 4).Floats("s", [2], 0.5f, 0.25f)
            .Bytes("z", OnnxType.Int8, [2], 1, 0)
            .Node("DequantizeLinear", "w s z", "d", ("axis", 1)).Node("MatMul", "x d", "y").Output("y").Build());

        Assert.Equal(["DequantizeLinear", "MatMul"], network.Nodes.Select(n => n.Operator));
        Constant reals = Import.Onnx.Inference.Dequantization.Find(network.Nodes.First())!;
        Assert.Equal([0f, 0.5f, -1f, 1f], reals.Floats.ToArray());
    }

    [Fact]
    public void A_small_file_that_asks_for_much_is_refused()
    {
        Assert.Contains("expected at most 4194304", Front.Refuse(new OnnxFile().Longs("s", [2], 100_000, 1_000)
            .Node("ConstantOfShape", "s", "y").Output("y").Build()), StringComparison.Ordinal);
        var file = new OnnxFile().Longs("s", [1], 4_000_000).Output("y");
        for (int i = 0; i < 5; i++)
        {
            file.Node("ConstantOfShape", "s", $"c{i}");
        }

        Assert.Contains("more than 16777216 elements are computed from constants", Front.Refuse(
            file.Node("Concat", "c0 c1 c2 c3 c4", "y", ("axis", 0)).Build()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Div", "an integer is divided by zero")]
    [InlineData("Pow", "is more than an int64 holds")]
    public void What_no_integer_holds_is_refused(string op, string said) => Assert.Contains(said, Front.Refuse(
        new OnnxFile().Longs("a", [1], 10).Longs("b", [1], op == "Div" ? 0 : 40).Node(op, "a b", "y").Output("y")
            .Build()), StringComparison.Ordinal);

    private static Constant Constant(string op, OnnxFile file) =>
        Front.Constant(file.Node(op, "a b", "y").Output("y").Build());

    private static long[] Integers(OnnxFile file) => Front.Constant(file.Output("y").Build()).Integers.ToArray();

    private static string Shapes(IEnumerable<int> shape) => string.Join(",", shape);
}

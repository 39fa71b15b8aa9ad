using System.Collections.Immutable;
using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Shapes;

/// <summary>Dimensions that a file leaves open: how they are settled, and what follows from them.</summary>
public sealed class GivenShapeTests
{
    private readonly FlatModel _model = new();

    [Theory]
    [InlineData("input=1x96x96x3", "input", new[] { 1, 96, 96, 3 })]
    [InlineData("a=b:0=7", "a=b:0", new[] { 7 })]
    [InlineData("input", null, null)]
    [InlineData("=1x2", null, null)]
    [InlineData("input=", null, null)]
    [InlineData("input=1x-2", null, null)]
    [InlineData("input=1x0", null, null)]
    [InlineData("input=1x 2", null, null)]
    [InlineData("input=1x2x3x4x5x6x7x8x9", null, null)]
    [InlineData("input=99999999999", null, null)]
    public void A_shape_is_a_name_and_sizes(string text, string? name, int[]? sizes)
    {
        Assert.Equal(name is not null, InputShape.TryParse(text, out InputShape? shape));
        Assert.Equal(name, shape?.Name);
        Assert.Equal(sizes, shape?.Shape.ToArray());
        Assert.Equal(name is null ? null : text, shape?.ToString());
    }

    [Fact]
    public void What_is_open_is_an_error_with_its_option()
    {
        int x = _model.Tensor("x", TfliteType.Float32, [1, 1, 1, 3], signature: [-1, -1, -1, 3]);
        int y = _model.Tensor("y", TfliteType.Float32, [1, 1, 1, 3], signature: [-1, -1, -1, 3]);
        _model.Operator(BuiltinOperator.RELU, [x], [y]);

        Assert.Equal("tensor 'x' float32 [1,1,1,3]: its shape is open, [-1,-1,-1,3]; expected sizes, by "
            + "--shape x=1xSIZExSIZEx3, or Shape=\"x=1xSIZExSIZEx3\" of a TinyQuantModel",
            Assert.Single(TfliteImporter.Import(_model.Build([x], [y])).Errors).ToString());
    }

    [Fact]
    public void A_batch_alone_is_1()
    {
        int x = _model.Tensor("x", TfliteType.Float32, [1, 4], signature: [-1, 4]);
        int y = _model.Tensor("y", TfliteType.Float32, [1, 4], signature: [-1, 4]);
        _model.Operator(BuiltinOperator.RELU, [x], [y]);
        byte[] file = _model.Build([x], [y]);

        Assert.Equal([1, 4], Import(file).Outputs[0].Shape.ToArray());
        Assert.Equal([3, 4], Import(file, "x=3x4").Outputs[0].Shape.ToArray());
    }

    [Theory]
    [InlineData("z=1x4", "it has no input 'z', whose shape is given; expected 'x'")]
    [InlineData("x=1x5", "its shape is given as x=1x5; expected one of 2 dimensions")]
    [InlineData("x=1x4x1", "its shape is given as x=1x4x1; expected one of 2 dimensions")]
    public void A_shape_that_does_not_fit_is_refused(string shape, string message)
    {
        int x = _model.Tensor("x", TfliteType.Float32, [1, 4], signature: [-1, 4]);
        int y = _model.Tensor("y", TfliteType.Float32, [1, 4]);
        _model.Operator(BuiltinOperator.RELU, [x], [y]);

        Assert.Contains(message, Assert.Single(Refused(_model.Build([x], [y]), shape)).ToString(),
            StringComparison.Ordinal);
    }

    /// <summary>An image network, with a shape that is computed of a shape in the middle.</summary>
    [Fact]
    public void Shapes_follow_through_a_network()
    {
        int x = Real("x", [1, 1, 1, 3], [-1, -1, -1, 3]);
        int conv = Real("conv", [1, 1, 1, 4], [-1, -1, -1, 4]);
        int depth = Real("depth", [1, 1, 1, 4]);
        int pool = Real("pool", [1, 1, 1, 4]);
        int padded = Real("padded", [1, 3, 3, 4]);
        int sum = Real("sum", [1, 1, 1, 4]);
        int shape = _model.Tensor("shape", TfliteType.Int32, [4]);
        int batch = _model.Tensor("batch", TfliteType.Int32, [1]);
        int target = _model.Tensor("target", TfliteType.Int32, [2]);
        int flat = Real("flat", [1, 4]);
        int y = Real("y", [1, 2]);
        int up = Real("up", [1, 2, 2, 4]);
        int mean = Real("mean", [1, 4]);
        int joined = Real("joined", [1, 1, 1, 8]);
        _model.Operator(BuiltinOperator.CONV_2D, [x, Weights("w", 4, 3, 3, 3)], [conv], 1, null, (1, 2), (2, 2));
        _model.Operator(BuiltinOperator.DEPTHWISE_CONV_2D, [conv, Weights("d", 1, 3, 3, 4)], [depth], 2, null, (1, 1),
            (2, 1));
        _model.Operator(BuiltinOperator.AVERAGE_POOL_2D, [depth], [pool], 5, null, (0, (byte)1), (1, 1), (2, 1), (3, 2),
            (4, 3));
        _model.Operator(BuiltinOperator.PAD, [pool, _model.Ints("pads", [4, 2], 0, 0, 1, 1, 1, 1, 0, 0)], [padded], 22);
        _model.Operator(BuiltinOperator.ADD, [padded, Weights("b", 4)], [sum], 11);
        _model.Operator(BuiltinOperator.SHAPE, [sum], [shape]);
        _model.Operator(BuiltinOperator.SLICE, [shape, _model.Ints("from", 0), _model.Ints("one", 1)], [batch], 48);
        _model.Operator(BuiltinOperator.CONCATENATION, [batch, _model.Ints("rest", -1)], [target], 10, null, (0, 0));
        _model.Operator(BuiltinOperator.RESHAPE, [sum, target], [flat], 17);
        _model.Operator(BuiltinOperator.FULLY_CONNECTED, [flat, Weights("f", 2, 140), -1], [y], 8);
        _model.Operator(BuiltinOperator.RESIZE_BILINEAR, [sum, _model.Ints("size", 9, 5)], [up], 15);
        _model.Operator(BuiltinOperator.MEAN, [up, _model.Ints("axes", 1, 2)], [mean], 27);
        _model.Operator(BuiltinOperator.CONCATENATION, [sum, sum], [joined], 10, null, (0, -1));

        Graph graph = Import(_model.Build([x], [y, mean, joined]), "x=1x10x11x3");

        Assert.Equal(
            [
                "x [1,10,11,3]", "conv [1,5,6,4]", "depth [1,5,6,4]", "pool [1,3,5,4]", "padded [1,5,7,4]",
                "sum [1,5,7,4]", "flat [1,140]",
            ],
            graph.Tensors.Where(t => !t.IsConstant).Take(7).Select(t => $"{t.Name} {t.ShapeText}"));
        Assert.Equal(["[1,2]", "[1,4]", "[1,5,7,8]"], graph.Outputs.Select(t => t.ShapeText));
    }

    /// <summary>Parts of an image whose rows and columns are open, and what is put together of it.</summary>
    [Theory]
    [InlineData("strided_slice", "[1,3,5]")]
    [InlineData("new_axis", "[1,1,4,6,2]")]
    [InlineData("slice", "[1,2,6,2]")]
    [InlineData("squeeze", "[4,6,2]")]
    [InlineData("squeeze_all", "[4,6,2]")]
    [InlineData("split", "[1,2,6,2] [1,2,6,2]")]
    [InlineData("split_v", "[1,4,1,2] [1,4,5,2]")]
    [InlineData("unpack", "[1,4,6] [1,4,6]")]
    [InlineData("gather", "[1,4,3,2]")]
    [InlineData("gather_batch", "[1,3,6,2]")]
    [InlineData("pack", "[1,4,6,2,3]")]
    [InlineData("batch_matmul", "[1,4,6,6]")]
    [InlineData("l2_pool_2d", "[1,3,5,2]")]
    [InlineData("mirror_pad", "[1,6,9,2]")]
    public void Shapes_follow_through_what_moves_elements(string kind, string expected)
    {
        int x = Real("x", [1, 1, 1, 2], [-1, -1, -1, 2]);
        int[] outputs = Move(kind, x);
        Assert.Equal(
            expected,
            string.Join(' ', Import(_model.Build([x], outputs), "x=1x4x6x2").Outputs.Select(t => t.ShapeText)));
    }

    [Theory]
    [InlineData("split", "x=1x5x6x2", "makes it split 5 elements into 2 equal parts")]
    [InlineData("split_v", "x=1x4x1x2", "makes a size of 0 behind it")]
    [InlineData("squeeze", "x=2x4x6x2", "makes a dimension that it removes other than 1")]
    [InlineData("slice", "x=1x1x6x2", "it takes 2 elements from 1 on of the 1 in dimension 1")]
    public void Shapes_that_do_not_fit_what_moves_elements(string kind, string shape, string message)
    {
        int x = Real("x", [1, 1, 1, 2], [-1, -1, -1, 2]);
        int[] outputs = Move(kind, x);
        ImportError error = Assert.Single(Refused(_model.Build([x], outputs), shape));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private int[] Move(string kind, int x)
    {
        Movement movement = kind switch
        {
            // x[:, 1:, 2, ::1] without its third dimension, whose columns are cut by one from the end
            "strided_slice" => new(BuiltinOperator.STRIDED_SLICE, 32,
                [x, Ints(0, 1, 0, 1), Ints(0, 4, -1, 2), Ints(1, 1, 1, 1)], [[1, 1, 1]],
                [(0, 5), (1, 1), (4, 8)]),
            "new_axis" => new(BuiltinOperator.STRIDED_SLICE, 32, [x, Ints(0, 0), Ints(0, 0), Ints(1, 1)],
                [[1, 1, 1, 1, 2]], [(0, 2), (1, 2), (2, 2), (3, 1)]),
            "slice" => new(BuiltinOperator.SLICE, 48, [x, Ints(0, 1, 0, 0), Ints(1, 2, -1, -1)], [[1, 2, 1, 2]], []),
            "squeeze" => new(BuiltinOperator.SQUEEZE, 30, [x], [[1, 1, 2]], [(0, _model.List(0))]),
            "squeeze_all" => new(BuiltinOperator.SQUEEZE, 30, [x], [[2]], []),
            "split" => new(BuiltinOperator.SPLIT, 35, [Ints(1), x], [[1, 1, 1, 2], [1, 1, 1, 2]], [(0, 2)]),
            "split_v" => new(BuiltinOperator.SPLIT_V, 79, [x, Ints(1, -1), Ints(2)], [[1, 1, 1, 2], [1, 1, 1, 2]],
                [(0, 2)]),
            "unpack" => new(BuiltinOperator.UNPACK, 64, [x], [[1, 1, 1], [1, 1, 1]], [(0, 2), (1, -1)]),
            "gather" => new(BuiltinOperator.GATHER, 23, [x, Ints(0, 0, 1)], [[1, 1, 3, 2]], [(0, 2)]),
            "gather_batch" => new(BuiltinOperator.GATHER, 23, [x, _model.Ints("rows", [1, 3], 0, 1, 0)],
                [[1, 3, 1, 2]], [(0, 1), (1, 1)]),
            "pack" => new(BuiltinOperator.PACK, 59, [x, x, x], [[1, 1, 1, 2, 3]], [(0, 3), (1, -1)]),
            "batch_matmul" => new(BuiltinOperator.BATCH_MATMUL, 101, [x, x], [[1, 1, 1, 1]], [(1, true)]),
            "l2_pool_2d" => new(BuiltinOperator.L2_POOL_2D, 5, [x], [[1, 1, 1, 2]],
                [(0, (byte)1), (1, 1), (2, 1), (3, 2), (4, 2)]),
            _ => new(BuiltinOperator.MIRROR_PAD, 77, [x, ComputedPaddings()], [[1, 3, 4, 2]], [(0, (byte)1)]),
        };
        int[] outputs = [.. movement.Shapes.Select((s, i) => Real($"y{i}", s))];
        _model.Operator(
            movement.Code, movement.Inputs, outputs, movement.OptionsType, null, movement.Options);
        return outputs;
    }

    private sealed record Movement(
        BuiltinOperator Code, int OptionsType, int[] Inputs, int[][] Shapes, (int Field, object Value)[] Options);

    /// <summary>What is computed of constants, as exporters from other frameworks leave it.</summary>
    private int ComputedPaddings()
    {
        int rows = _model.Tensor("rows", TfliteType.Int32, [2, 4]);
        int paddings = _model.Tensor("paddings", TfliteType.Int32, [4, 2]);
        _model.Operator(
            BuiltinOperator.FLOOR_DIV, [_model.Ints("sizes", [2, 4], 0, 2, 3, 0, 1, 2, 5, 0), Ints(2)], [rows], 65);
        _model.Operator(BuiltinOperator.TRANSPOSE, [rows, Ints(1, 0)], [paddings], 26);
        return paddings;
    }

    private int Ints(params int[] values) => _model.Ints("", values);

    [Fact]
    public void Where_there_is_no_rule_an_operator_is_named()
    {
        int x = Real("x", [1, 1], [-1, -1]);
        int y = Real("y", [1, 1], [-1, -1]);
        _model.Operator(BuiltinOperator.GATHER_ND, [x, _model.Tensor("i", TfliteType.Int32, [1, 2])], [y], 83);

        ImportError error = Assert.Single(Refused(_model.Build([x], [y]), "x=1x8"));

        Assert.Equal("GATHER_ND", error.OperatorName);
        Assert.Contains("there is no rule here", error.Message, StringComparison.Ordinal);
    }

    private int Real(string name, int[] shape, int[]? signature = null) =>
        _model.Tensor(name, TfliteType.Float32, shape, signature: signature);

    private int Weights(string name, params int[] shape) => _model.Tensor(name, TfliteType.Float32, shape,
        data: new byte[sizeof(float) * shape.Aggregate(1, (product, size) => product * size)]);

    private static Graph Import(byte[] file, params string[] shapes)
    {
        ImportResult result = Result(file, shapes);
        Assert.Empty(result.Errors);
        return result.Graph!;
    }

    private static ImmutableArray<ImportError> Refused(byte[] file, params string[] shapes) =>
        Result(file, shapes).Errors;

    private static ImportResult Result(byte[] file, string[] shapes) => TfliteImporter.Import(file, new ImportOptions
    {
        Shapes = [.. shapes.Select(s => InputShape.TryParse(s, out InputShape? shape) ? shape : null)
            .OfType<InputShape>()],
    });
}

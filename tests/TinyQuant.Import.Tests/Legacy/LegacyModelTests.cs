using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Legacy;

/// <summary>Models that compute in uint8, as model files that compute in int8.</summary>
public sealed class LegacyModelTests
{
    private readonly FlatModel _model = new();

    [Fact]
    public void A_model_computes_in_int8_between_bytes()
    {
        Graph graph = Import(LegacyModel.Build());

        Assert.Equal(
            [
                "Quantize image -> image_int8",
                "Quantize scores -> scores_int8",
                "Conv2D image_int8 wide -> a padding=same legacy=true",
                "DepthwiseConv2D a narrow -> b padding=same legacy=true",
                "Quantize b -> b_rescaled legacy=true",
                "Concatenation a b_rescaled -> joined axis=3",
                "AveragePool2D joined -> mean_int8 filter=4,4 legacy=true",
                "Reshape mean_int8 -> boxes",
                "Dequantize boxes -> boxes_real",
                "Dequantize scores_int8 -> scores_int8_real",
                "DetectionPostProcess boxes_real scores_int8_real anchors_real -> o p c n num_classes=2 "
                    + "score_threshold=0.25 iou_threshold=0.5 max_detections=3 max_classes=1 detections_per_class=100 "
                    + "y_scale=10 x_scale=10 h_scale=5 w_scale=5",
                "Quantize mean_int8 -> mean",
            ],
            Lines(graph));
        Assert.Equal([TensorType.UInt8, TensorType.UInt8], graph.Inputs.Select(t => t.Type));
        Assert.Equal((TensorType.UInt8, 5), (graph.Outputs[4].Type, graph.Outputs[4].Quantization!.ZeroPoint));
        Assert.Equal((TensorType.Int8, -123), TypeAndZero(graph, "mean_int8"));
        Assert.Equal(["[1,3,4]", "[1,3]", "[1,3]", "[1]"], graph.Outputs.Take(4).Select(t => t.ShapeText));
    }

    [Fact]
    public void Weights_lose_their_zero_point_where_they_fit()
    {
        Graph graph = Import(LegacyModel.Build());

        Assert.Equal((TensorType.Int8, -6), TypeAndZero(graph, "wide"));
        Assert.Equal([-128, -28, 72, 127], Codes(graph, "wide"));
        Assert.Equal((TensorType.Int8, 0), TypeAndZero(graph, "narrow"));
        Assert.Equal([-127, 0, 70, 125], Codes(graph, "narrow"));
    }

    [Theory]
    [InlineData(BuiltinOperator.ADD, 11, "Add x_int8 x_int8 -> y_int8")]
    [InlineData(BuiltinOperator.SUB, 28, "Sub x_int8 x_int8 -> y_int8 legacy=true")]
    [InlineData(BuiltinOperator.MUL, 21, "Mul x_int8 x_int8 -> y_int8 legacy=true")]
    [InlineData(BuiltinOperator.MAXIMUM, 39, "Maximum x_int8 x_int8 -> y_int8")]
    public void Of_two(object code, int type, string expected)
    {
        (int x, int y) = (Bytes("x"), Bytes("y"));
        _model.Operator((BuiltinOperator)code, [x, x], [y], type);
        Assert.Equal(expected, Lines(Import(_model.Build([x], [y])))[1]);
    }

    [Fact]
    public void Images_of_another_size()
    {
        (int x, int y) = (Bytes("x", 1, 2, 3, 1), Bytes("y", 1, 4, 5, 1));
        _model.Operator(BuiltinOperator.RESIZE_BILINEAR, [x, _model.Ints("size", 4, 5)], [y], 15, null, (2, true));
        Assert.Equal(
            "ResizeBilinear x_int8 -> y_int8 align_corners=true legacy=true", Lines(Import(_model.Build([x], [y])))[1]);
    }

    /// <summary>What only moves bytes stays as it is.</summary>
    [Fact]
    public void Bytes_that_are_moved_stay_bytes()
    {
        (int x, int y) = (Bytes("x", 1, 4), Bytes("y", 2, 2));
        _model.Operator(BuiltinOperator.RESHAPE, [x], [y], 17);
        Assert.Equal(["Reshape x -> y"], Lines(Import(_model.Build([x], [y]))));
    }

    [Fact]
    public void An_input_may_be_an_output_and_a_constant_too()
    {
        (int x, int y) = (Bytes("x"), Bytes("y"));
        int c = _model.Tensor("c", TfliteType.UInt8, [1, 4], [0.5f], [3], data: [0, 1, 200, 255]);
        _model.Operator(BuiltinOperator.ADD, [x, c], [y], 11);

        Graph graph = Import(_model.Build([x], [y, x, c]));

        Assert.Equal(
            [
                "Quantize x -> x_int8", "Add x_int8 c_int8 -> y_int8", "Quantize y_int8 -> y", "Reshape x -> x_2",
                "Reshape c -> c_2",
            ],
            Lines(graph));
        Assert.All(graph.Outputs, t => Assert.Equal(TensorType.UInt8, t.Type));
        Assert.Equal([-128, -127, 72, 127], Codes(graph, "c_int8"));
    }

    [Fact]
    public void What_the_old_kernels_did_in_another_way_is_refused()
    {
        (int x, int y) = (Bytes("x"), Bytes("y"));
        _model.Operator(BuiltinOperator.L2_NORMALIZATION, [x], [y], 20);
        Assert.Equal(
            "operator 0 (L2_NORMALIZATION), tensor 'y_int8' uint8 [1,4]: it computes in uint8, as TensorFlow 1 "
                + "quantized, which is not supported in it",
            Assert.Single(TfliteImporter.Import(_model.Build([x], [y])).Errors).ToString());
    }

    [Fact]
    public void A_zero_point_that_is_no_byte_is_said_so()
    {
        (int x, int y) = (Bytes("x"), _model.Tensor("y", TfliteType.UInt8, [1, 4], [0.5f], [256]));
        _model.Operator(BuiltinOperator.ADD, [x, x], [y], 11);
        Assert.Contains("from 0 to 255", Assert.Single(TfliteImporter.Import(_model.Build([x], [y])).Errors).Message,
            StringComparison.Ordinal);
    }

    private int Bytes(string name, params int[] shape) =>
        _model.Tensor(name, TfliteType.UInt8, shape.Length == 0 ? [1, 4] : shape, [0.5f], [3]);

    private static Graph Import(byte[] file)
    {
        ImportResult result = TfliteImporter.Import(file);
        Assert.Empty(result.Errors);
        return result.Graph!;
    }

    private static string[] Lines(Graph graph) => [.. ModelWriter.Write(graph).Split('\n')
        .Where(l => l.StartsWith("op ", StringComparison.Ordinal)).Select(l => l[3..])];

    private static (TensorType, int) TypeAndZero(Graph graph, string name)
    {
        Tensor tensor = graph.Tensors.Single(t => t.Name == name);
        return (tensor.Type, tensor.Quantization!.ZeroPoint);
    }

    private static int[] Codes(Graph graph, string name) =>
        [.. graph.Tensors.Single(t => t.Name == name).Data!.Value.Select(b => (int)(sbyte)b)];
}

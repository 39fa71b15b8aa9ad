using System.Runtime.InteropServices;
using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests;

/// <summary>Whole files that are imported.</summary>
public sealed class ImportTests
{
    [Fact]
    public void An_int8_file_becomes_this_text()
    {
        const string Expected = """
            tinyquant-model 1
            name model
            note imported from TensorFlow Lite
            rounding double

            tensor x int8 [1,4] scale 0.1 zero -5
            tensor w int8 [3,4] scale 0.05 data
              AQIDBAUGBwgJCguA
            tensor b int32 [3] data
              AQAAAAIAAAADAAAA
            tensor y int8 [1,3] scale 0.25 zero 7

            input x
            output y
            op FullyConnected x w b -> y activation=relu

            """;

        Assert.Equal(Expected, ModelWriter.Write(Import(Models.Int8())));
    }

    [Fact]
    public void Weights_have_a_scale_for_each_channel()
    {
        Quantization quantization = Import(Models.Int8([0.1f, 0.2f, 0.3f])).Operators[0].Inputs[1].Quantization!;

        Assert.Equal([0.1f, 0.2f, 0.3f], quantization.Scales.AsEnumerable());
        Assert.Equal((0, 0), (quantization.Axis, quantization.ZeroPoint));
    }

    [Fact]
    public void A_float32_file_without_a_bias()
    {
        Operator op = Assert.Single(Import(Models.Float32()).Operators);

        Assert.Equal(["x", "w"], op.Inputs.Select(t => t.Name));
        Assert.All(op.Inputs.Concat(op.Outputs), t => Assert.Equal(TensorType.Float32, t.Type));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64], op.Inputs[1].Data!.Value.AsEnumerable());
    }

    [Fact]
    public void Dynamic_range_takes_inputs_of_both_kinds()
    {
        var asymmetric = (FullyConnected)Import(Models.Hybrid(isAsymmetric: true)).Operators[0];
        var symmetric = (FullyConnected)Import(Models.Hybrid(isAsymmetric: false)).Operators[0];

        Assert.Equal((true, false), (asymmetric.IsHybrid, asymmetric.HasSymmetricInputs));
        Assert.Equal((true, true), (symmetric.IsHybrid, symmetric.HasSymmetricInputs));
    }

    [Fact]
    public void Name_rounding_and_notes_come_from_options_and_metadata()
    {
        Graph plain = Import(
            Models.Int8(name: "made by hand"), new ImportOptions { DefaultName = "file", Rounding = Rounding.Single });
        Assert.Equal(("file", Rounding.Single), (plain.Name, plain.Rounding));
        Assert.Equal(["imported from TensorFlow Lite", "made by hand"], plain.Notes.AsEnumerable());

        var model = new FlatModel { Subgraphs = 2 };
        model.Metadata("its name", "its description");
        byte[] file = WithLayer(model, model.Int8("x", 1, 2), "y");
        Graph described = Import(file, new ImportOptions { DefaultName = "file" });
        Assert.Equal("its name", described.Name);
        Assert.Equal(["imported from TensorFlow Lite", "its description", "the first of 2 subgraphs"],
            described.Notes.AsEnumerable());
        Assert.Equal("mine", Import(file, new ImportOptions { Name = "mine" }).Name);
    }

    [Fact]
    public void Names_are_made_unique_and_missing_ones_made_up()
    {
        var model = new FlatModel();
        int x = model.Int8("a", 1, 2);

        Graph graph = Import(WithLayer(model, x, "a", weights: ""));

        Assert.Equal(["a", "tensor1", "a_2"], graph.Tensors.Select(t => t.Name));
    }

    [Fact]
    public void What_no_output_needs_is_left_out()
    {
        var model = new FlatModel();
        int x = model.Int8("x", 1, 2);
        model.Ints("unused constant", 1, 2, 3);
        int dead = model.Tensor("dead", TfliteType.Float16, [1]);
        model.Operator(BuiltinOperator.RFFT2D, [x], [dead]);

        Graph graph = Import(WithLayer(model, x, "y"));

        Assert.Equal(["x", "w", "y"], graph.Tensors.Select(t => t.Name));
        Assert.Single(graph.Operators);
    }

    [Fact]
    public void A_parameter_that_became_an_attribute_is_not_needed()
    {
        var model = new FlatModel();
        int x = model.Int8("x", 1, 2);
        int shape = model.Tensor("shape", TfliteType.Int32, [2]);
        int y = model.Int8("y", 2, 1);
        // not known before it runs, and not needed: the output has its shape
        model.Operator(BuiltinOperator.WHERE, [x], [shape]);
        model.Operator(BuiltinOperator.RESHAPE, [x, shape], [y], 17);

        Assert.Equal("Reshape x -> y", Mapped.Last(model.Build([x], [y])));
    }

    [Fact]
    public void Blocks_and_bytes() => Assert.Equal(
        ["Quantize", "SpaceToBatchNd", "BatchToSpaceNd", "ResizeBilinear", "SpaceToDepth", "ReduceMax", "Dequantize",
            "FullyConnected"],
        Import(Models.Blocks()).Operators.Select(o => o.Kind));

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 3)]
    [InlineData(1, 3)]
    public void Dynamic_range_convolutions_have_a_scale_for_each_channel_or_symmetric_inputs(int scales, int axis)
    {
        bool isDepthwise = axis == 3;
        var model = new FlatModel();
        int x = model.Tensor("x", TfliteType.Float32, [1, 3, 3, 2]);
        int weights = model.Tensor("w", TfliteType.Int8, isDepthwise ? [1, 1, 2, 2] : [2, 1, 1, 2],
            [.. Enumerable.Repeat(0.5f, scales)], [.. Enumerable.Repeat(0L, scales)], axis, [1, 2, 3, 4]);
        int y = model.Tensor("y", TfliteType.Float32, [1, 3, isDepthwise ? 2 : 3, 2]);
        model.Operator(isDepthwise ? BuiltinOperator.DEPTHWISE_CONV_2D : BuiltinOperator.CONV_2D, [x, weights, -1], [y],
            isDepthwise ? 2 : 1, null,
            (0, (byte)1), (1, 1), (2, 1));

        ImportResult result = TfliteImporter.Import(model.Build([x], [y]));

        if (scales > 1 || !isDepthwise)
        {
            var conv = Assert.IsAssignableFrom<Convolution>(Assert.Single(result.Graph!.Operators));
            Assert.True(conv.IsHybrid);
            Assert.Equal(scales == 1, conv is Conv2D { HasSymmetricInputs: true });
        }
        else
        {
            Assert.Equal(2, result.Errors.Length);
            Assert.Contains(
                "depthwise convolutions of float32 inputs", result.Errors[0].Message, StringComparison.Ordinal);
            Assert.Contains("expected a scale for each channel", result.Errors[1].Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Inputs_and_outputs_may_be_uint8()
    {
        var model = new FlatModel();
        int x = model.Tensor("x", TfliteType.UInt8, [1, 2], [0.5f], [128]);
        int codes = model.Tensor("codes", TfliteType.Int8, [1, 2], [0.5f], [0]);
        int y = model.Tensor("y", TfliteType.UInt8, [1, 2], [0.25f], [255]);
        model.Operator(BuiltinOperator.QUANTIZE, [x], [codes], 89);
        model.Operator(BuiltinOperator.QUANTIZE, [codes], [y], 89);

        Graph graph = Import(model.Build([x], [y]));

        Assert.Equal((TensorType.UInt8, 128), (graph.Inputs[0].Type, graph.Inputs[0].Quantization!.ZeroPoint));
        Assert.Equal((TensorType.UInt8, 255), (graph.Outputs[0].Type, graph.Outputs[0].Quantization!.ZeroPoint));
    }

    [Fact]
    public void Weights_stored_as_float16_stay_so()
    {
        Graph graph = Import(Dequantized(TfliteType.Float16, null, 0, [0, 60, 0, 64, 0, 0, 0, 188]));

        Operator op = Assert.Single(graph.Operators);
        Assert.Equal(["x", "real"], op.Inputs.Select(t => t.Name));
        Assert.Equal((TensorType.Float16, null), (op.Inputs[1].Type, op.Inputs[1].Quantization));
        Assert.Equal([0, 60, 0, 64, 0, 0, 0, 188], op.Inputs[1].Data!.Value.AsEnumerable());
    }

    [Fact]
    public void Weights_stored_as_int8_become_the_reals_that_they_stand_for()
    {
        AssertReals([1.5f, 2, 0.5f, -63.5f], Import(Dequantized(TfliteType.Int8, [0.5f], -1, [2, 3, 0, 128])));
        AssertReals([1, 1.5f, 0, -32], Import(Dequantized(TfliteType.Int8, [0.5f, 0.25f], 0, [2, 3, 0, 128])));

        static void AssertReals(float[] expected, Graph graph)
        {
            Tensor weights = Assert.Single(graph.Operators).Inputs[1];
            Assert.Equal(TensorType.Float32, weights.Type);
            Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(weights.Data!.Value.AsSpan()).ToArray());
        }
    }

    [Fact]
    public void Weights_stored_in_too_few_bytes_are_refused() => Assert.Contains(
        "type float16 is not supported",
        TfliteImporter.Import(Dequantized(TfliteType.Float16, null, 0, [0, 60, 0])).Errors[0].Message,
        StringComparison.Ordinal);

    /// <summary>x [1,2] float32 and weights [2,2] behind a DEQUANTIZE.</summary>
    private static byte[] Dequantized(TfliteType type, float[]? scales, long zeroPoint, byte[] data)
    {
        var model = new FlatModel();
        int x = model.Tensor("x", TfliteType.Float32, [1, 2]);
        int stored = model.Tensor(
            "stored", type, [2, 2], scales, [.. (scales ?? []).Select(_ => zeroPoint)], data: data);
        int real = model.Tensor("real", TfliteType.Float32, [2, 2]);
        int y = model.Tensor("y", TfliteType.Float32, [1, 2]);
        model.Operator(BuiltinOperator.DEQUANTIZE, [stored], [real], 38);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, real, -1], [y], 8);
        return model.Build([x], [y]);
    }

    private static Graph Import(byte[] file, ImportOptions? options = null)
    {
        ImportResult result = TfliteImporter.Import(file, options);
        Assert.True(result.Graph is not null, string.Join('\n', result.Errors));
        Assert.Empty(GraphValidator.Validate(result.Graph));
        string text = ModelWriter.Write(result.Graph);
        Assert.Equal(text, ModelWriter.Write(ModelReader.Read(text).Graph!));
        Assert.Equal(text, ModelWriter.Write(TfliteImporter.Import(file, options).Graph!));
        return result.Graph;
    }

    private static byte[] WithLayer(FlatModel model, int x, string name, string weights = "w")
    {
        int w = model.Tensor(weights, TfliteType.Int8, [1, 2], [0.1f], [0], data: [1, 2]);
        int y = model.Int8(name, 1, 1);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w], [y], 8);
        return model.Build([x], [y]);
    }
}

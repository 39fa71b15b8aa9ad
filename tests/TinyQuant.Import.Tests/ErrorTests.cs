using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Tests;

namespace TinyQuant.Import.Tests;

/// <summary>Files that are refused, and what is said of them.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Everything_unsupported_is_told_at_once()
    {
        var model = new FlatModel();
        int x = model.Tensor("x", TfliteType.UInt16, [1, 4], [0.1f], [128]);
        int mid = model.Tensor("mid", TfliteType.Float16, [2, 2]);
        int last = model.Int8("last", 4);
        model.Operator(BuiltinOperator.RFFT2D, [x], [mid]);
        model.Operator(BuiltinOperator.CUSTOM, [mid], [last], custom: "MyOp");

        ImportError[] errors = [.. TfliteImporter.Import(model.Build([x], [last])).Errors];

        Assert.Equal(
            [
                "tensor 'x' uint16 [1,4]: type uint16 is not supported; "
                    + "expected float32, int8, uint8, int16, int32, int64, uint32, uint64 or bool",
                "operator 0 (RFFT2D), tensor 'mid' float16 [2,2]: the operator is not supported",
                "operator 1 (MyOp), tensor 'last' int8 [4]: the operator is not supported",
            ],
            errors.Select(e => e.ToString()));
        Assert.Equal((1, "MyOp", "last", "int8 [4]"),
            (errors[2].OperatorIndex, errors[2].OperatorName, errors[2].Tensor, errors[2].Shape));
    }

    [Fact]
    public void Names_of_strangers_stay_in_their_line()
    {
        foreach (string name in HostileNames.Payloads.Concat(HostileNames.Random()))
        {
            var model = new FlatModel();
            int x = model.Tensor(name, TfliteType.UInt16, [1, 4], [0.1f], [128]);
            int y = model.Int8(name + "y", 1, 4);
            model.Operator(BuiltinOperator.CUSTOM, [x], [y], custom: name);
            ImportError[] errors = [.. TfliteImporter.Import(model.Build([x], [y])).Errors];

            Assert.Equal(2, errors.Length);
            Assert.All(errors, e => Assert.Empty(HostileNames.Unseen(e.ToString(), "")));
            Assert.All(errors, e => Assert.Empty(HostileNames.Commands(e.ToString())));
        }
    }

    [Fact]
    public void Not_a_model()
    {
        AssertRefused([], "0 bytes", "TFL3");
        AssertRefused(new byte[100], "identifier", "TFL3");
        AssertRefused(WithLayer(new FlatModel { Identifier = "TFL2" }), "'TFL2'");
        AssertRefused(WithLayer(new FlatModel { Version = 4 }), "version 4");
        AssertRefused(WithLayer(new FlatModel { Subgraphs = 0 }), "no subgraph");
        byte[] file = WithLayer(new FlatModel());
        AssertRefused(file[..(file.Length / 2)], "outside of its");
    }

    [Fact]
    public void A_cycle_is_read_before_it_is_written()
    {
        var model = new FlatModel();
        int x = model.Int8("x", 1, 2);
        int a = model.Int8("a", 1, 2);
        int b = model.Int8("b", 1, 2);
        model.Operator(BuiltinOperator.ADD, [x, b], [a], 11);
        model.Operator(BuiltinOperator.ADD, [x, a], [b], 11);

        AssertRefused(model.Build([x], [b]),
            "operator 0 (ADD), tensor 'b' int8 [1,2]: it is read before anything has written it");
    }

    [Fact]
    public void A_tensor_is_written_once_and_no_constant_is()
    {
        var model = new FlatModel();
        int x = model.Int8("x", 1, 2);
        int w = model.Tensor("w", TfliteType.Int8, [2, 2], [0.1f], [0], data: [1, 2, 3, 4]);
        int y = model.Int8("y", 1, 2);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w], [y], 8);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w], [y, w], 8);

        ImportResult result = TfliteImporter.Import(model.Build([x], [y]));

        ImportError error = Assert.Single(
            result.Errors, e => e.Message.StartsWith("it is written", StringComparison.Ordinal));
        Assert.Equal(("y", 1), (error.Tensor, error.More)); // and 'w'
    }

    [Theory]
    [InlineData("sparse")]
    [InlineData("way of its own")]
    [InlineData("behind the flatbuffer")]
    [InlineData("3 bytes of data")]
    [InlineData("not positive")]
    [InlineData("3 scales along dimension 0")]
    [InlineData("2 zero points")]
    [InlineData("too large")]
    [InlineData("each at least 1")]
    [InlineData("variable and has data")]
    public void A_wrong_tensor_is_named(string message)
    {
        var model = new FlatModel();
        int x = model.Int8("x", 1, 2);
        int[] shape = [2, 2];
        byte[] data = [1, 2, 3, 4];
        int w = message switch
        {
            "sparse" => Weights(isSparse: true),
            "way of its own" => Weights(details: 1),
            "behind the flatbuffer" => model.Tensor("w", TfliteType.Int8, shape, [0.1f], buffer: model.OutsideBuffer()),
            "3 bytes of data" => model.Tensor("w", TfliteType.Int8, shape, [0.1f], data: data[..3]),
            "not positive" => Weights([0f]),
            "3 scales along dimension 0" => Weights([1, 2, 3]),
            "2 zero points" => Weights([1], [0, 1]),
            "too large" => model.Tensor("w", TfliteType.Int8, [1 << 20, 1 << 20], [0.1f]),
            "each at least 1" => model.Tensor("w", TfliteType.Int8, [-1, 2], [0.1f]),
            _ => Weights(isVariable: true),
        };
        int y = model.Int8("y", 1, 2);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w], [y], 8);

        Assert.Contains(TfliteImporter.Import(model.Build([x], [y])).Errors, e =>
            (e.OperatorIndex, e.OperatorName, e.Tensor) == (0, "FULLY_CONNECTED", "w")
                && e.Message.Contains(message, StringComparison.Ordinal));

        int Weights(float[]? scales = null, long[]? zeroPoints = null, bool isSparse = false, bool isVariable = false,
            byte details = 0) =>
            model.Tensor("w", TfliteType.Int8, shape, scales ?? [0.1f], zeroPoints, data: data, isSparse: isSparse,
                isVariable: isVariable, details: details);
    }

    [Fact]
    public void A_bias_has_the_accumulators_scale()
    {
        Assert.NotNull(TfliteImporter.Import(Models.Int8(biasScale: 0.0051f)).Graph);
        AssertRefused(Models.Int8(biasScale: 0.05f), "operator 0 (FULLY_CONNECTED)", "its bias has scale 0.05");
    }

    /// <summary>The input's scale is 0.1, the output's 0.25: a bias may be 0.005 off.</summary>
    [Theory]
    [InlineData(new[] { 0.01f, 0.02f, 0.03f }, null)]
    [InlineData(new[] { 0.01f, 0.02f, 0.0349f }, null)]
    [InlineData(new[] { 0.01f, 0.02f, 0.0351f },
        "its bias has scale 0.0351 in channel 2; expected that of the accumulator, 0.03")]
    [InlineData(new[] { 0.01f, 0.0149f, 0.03f }, "its bias has scale 0.0149 in channel 1")]
    [InlineData(new[] { 0.02f }, "its bias has scale 0.02 in channel 0; expected that of the accumulator, 0.01")]
    [InlineData(new[] { 0.01f, 0.02f }, "its bias has 2 scales and its weights 3; expected as many, or one")]
    public void A_bias_has_the_accumulators_scale_in_each_channel(float[] biasScales, string? error)
    {
        byte[] file = Models.Int8([0.1f, 0.2f, 0.3f], biasScales: biasScales);
        if (error is null)
        {
            Assert.NotNull(TfliteImporter.Import(file).Graph);
        }
        else
        {
            AssertRefused(file, "operator 0 (FULLY_CONNECTED)", error);
        }
    }

    /// <summary>Both ends of the codes are zero points, and no number beyond them is.</summary>
    [Theory]
    [InlineData(TfliteType.Int8, -128, true)]
    [InlineData(TfliteType.Int8, 127, true)]
    [InlineData(TfliteType.Int8, -129, false)]
    [InlineData(TfliteType.Int8, 128, false)]
    [InlineData(TfliteType.UInt8, 0, true)]
    [InlineData(TfliteType.UInt8, 255, true)]
    [InlineData(TfliteType.UInt8, -1, false)]
    [InlineData(TfliteType.UInt8, 256, false)]
    public void A_zero_point_is_a_code(object type, long zeroPoint, bool isAccepted)
    {
        var model = new FlatModel();
        int x = model.Tensor("x", (TfliteType)type, [1, 2], [0.5f], [zeroPoint]);
        int y = model.Tensor("y", TfliteType.Int8, [1, 2], [0.5f], [0]);
        model.Operator(BuiltinOperator.QUANTIZE, [x], [y], 89);

        ImportResult result = TfliteImporter.Import(model.Build([x], [y]));

        Assert.Equal(isAccepted, result.Graph is not null);
        Assert.Equal(!isAccepted,
            result.Errors.Any(e =>
                e.Message.Contains("zero points; expected one for all slices", StringComparison.Ordinal)));
    }

    /// <summary>
    /// Files from before the schema's version 3a have the operator's code in one byte alone, newer ones in an int32
    /// too.
    /// </summary>
    [Fact]
    public void The_old_operator_code_of_one_byte_is_read()
    {
        byte[] file = WithLayer(new FlatModel { HasOldCodesOnly = true });
        Assert.Equal("FullyConnected", Assert.Single(TfliteImporter.Import(file).Graph!.Operators).Kind);
    }

    [Fact]
    public void What_points_at_one_place_many_times_is_refused_before_it_grows()
    {
        var model = new FlatModel();
        int shared = model.Tensor("big", TfliteType.Int8, [10_000], [1], data: new byte[10_000]);
        int x = model.Int8("x", 10_000);
        int y = x;
        for (int i = 0; i < 60; i++)
        {
            int constant = model.Tensor("c", TfliteType.Int8, [10_000], [1], buffer: 1); // the buffer of 'big'
            int next = model.Int8("n", 10_000);
            model.Operator(BuiltinOperator.ADD, [y, constant], [next], 11);
            y = next;
        }

        model.Operator(BuiltinOperator.ADD, [y, shared], [model.Int8("y", 10_000)], 11);

        AssertRefused(model.Build([x], [y]), "its parts overlap");
    }

    [Fact]
    public void An_option_that_is_newer_than_the_importer_is_refused()
    {
        var model = new FlatModel();
        int x = model.Int8("x", 1, 2);
        int y = model.Int8("y", 1, 2);
        model.Operator(BuiltinOperator.SOFTMAX, [x], [y], 9, null, (0, 1f), (1, 1));

        AssertRefused(model.Build([x], [y]), "operator 0 (SOFTMAX)", "option 1 is newer");
    }

    private static byte[] WithLayer(FlatModel model)
    {
        int x = model.Int8("x", 1, 2);
        int w = model.Tensor("w", TfliteType.Int8, [1, 2], [0.1f], [0], data: [1, 2]);
        int y = model.Int8("y", 1, 1);
        model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w], [y], 8);
        return model.Build([x], [y]);
    }

    private static void AssertRefused(byte[] file, params string[] parts)
    {
        ImportResult result = TfliteImporter.Import(file);
        Assert.Null(result.Graph);
        string text = string.Join('\n', result.Errors);
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }
}

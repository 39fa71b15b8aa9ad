using System.Buffers.Binary;
using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Operators;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Custom;

/// <summary>Custom operators, as lines of a model file, and constants that are decoded.</summary>
public sealed class CustomOperatorTests
{
    private readonly FlatModel _model = new();

    [Fact]
    public void The_custom_operators_are_these() => Assert.Equal(
        [
            "CIRCULAR_BUFFER", "SignalDelay", "SignalEnergy", "SignalFftAutoScale", "SignalFilterBank",
            "SignalFilterBankLog", "SignalFilterBankSpectralSubtraction", "SignalFilterBankSquareRoot", "SignalFramer",
            "SignalIrfft", "SignalOverlapAdd", "SignalPCAN", "SignalRfft", "SignalStacker", "SignalWindow",
            "TFLM_DECODE", "TFLite_Detection_PostProcess",
        ],
        CustomMappings.Supported.Order(StringComparer.Ordinal));

    /// <summary>Without an option, a shape tells: the rows of the last buffer of two known networks.</summary>
    [Theory]
    [InlineData(3, 3, 3)]
    [InlineData(0, 3, 2)]
    [InlineData(null, 3, 2)]
    [InlineData(null, 5, 1)]
    [InlineData(null, 13, 1)]
    [InlineData(-1, 25, 1)]
    public void Buffers_have_state_of_their_own(int? cycles, int rows, int expected)
    {
        int x = _model.Int8("x", 1, 1, 2, 3);
        int y = _model.Tensor("y", TfliteType.Int8, [1, rows, 2, 3], [0.5f], [3], isVariable: true);
        _model.CustomOptions = cycles is { } value ? Flex.Write(4, ("cycles_max", value)) : [];
        _model.Operator(BuiltinOperator.CUSTOM, [x], [y], custom: "CIRCULAR_BUFFER");

        Graph graph = Import([x], [y]);

        Assert.Equal($"CircularBuffer x y_state y_runs -> y cycles_max={expected}", Line(graph));
        Assert.Equal(["y_state", "y_runs"], graph.Tensors.Where(t => t.IsVariable).Select(t => t.Name));
    }

    [Fact]
    public void The_fifth_buffer_of_a_known_shape_goes_on_each_time()
    {
        int x = _model.Int8("x", 1, 1, 2, 96);
        int[] buffers = [.. Enumerable.Range(0, 6).Select(i => _model.Int8($"y{i}", 1, 3, 2, 96))];
        Array.ForEach(buffers, y => _model.Operator(BuiltinOperator.CUSTOM, [x], [y], custom: "CIRCULAR_BUFFER"));

        Assert.Equal([2, 2, 2, 2, 1, 2],
            Import([x], buffers).Operators.Select(o => ((CircularBuffer)o).Cycles));
    }

    [Fact]
    public void Detections()
    {
        int boxes = _model.Tensor("b", TfliteType.Float32, [1, 6, 4]);
        int scores = _model.Tensor("s", TfliteType.Float32, [1, 6, 3]);
        int anchors = _model.Tensor("a", TfliteType.Float32, [6, 4], data: new byte[96]);
        int[] outputs = [
            _model.Tensor("o", TfliteType.Float32, [1, 5, 4]), _model.Tensor("c", TfliteType.Float32, [1, 5]),
            _model.Tensor("p", TfliteType.Float32, [1, 5]), _model.Tensor("n", TfliteType.Float32, [1])];
        (string, object)[] options =
        [
            ("h_scale", 5.0), ("max_classes_per_detection", 1), ("max_detections", 5), ("nms_iou_threshold", 0.5),
            ("nms_score_threshold", 0.25), ("num_classes", 2), ("use_regular_nms", true), ("w_scale", 5),
            ("x_scale", 10.0), ("y_scale", 10.0),
        ];
        _model.CustomOptions = Flex.Write(8, options);
        _model.Operator(BuiltinOperator.CUSTOM, [boxes, scores, anchors], outputs,
            custom: "TFLite_Detection_PostProcess");

        Assert.Equal(
            "DetectionPostProcess b s a -> o c p n num_classes=2 score_threshold=0.25 iou_threshold=0.5 "
                + "max_detections=5 max_classes=1 detections_per_class=100 regular=true y_scale=10 x_scale=10 "
                + "h_scale=5 w_scale=5",
            Line(Import([boxes, scores], outputs)));
    }

    [Fact]
    public void An_option_that_is_missing_is_named()
    {
        int boxes = _model.Tensor("b", TfliteType.Float32, [1, 6, 4]);
        _model.CustomOptions = Flex.Write(4, ("max_detections", 5));
        _model.Operator(BuiltinOperator.CUSTOM, [boxes, boxes, boxes], [_model.Int8("y", 1)],
            custom: "TFLite_Detection_PostProcess");

        Assert.Contains("its option 'max_classes_per_detection' is missing",
            TfliteImporter.Import(_model.Build([boxes], [1])).Errors[0].ToString(), StringComparison.Ordinal);
    }

    /// <summary>Indexes of 2 bits, over two channels of a table with a stride of 3.</summary>
    [Fact]
    public void Lookups_are_decoded() => Assert.Equal(
        [10, 11, 12, 20, 22, 21],
        Decoded([0b0001_1000, 0b1001_0000], [0, 1, 0, 0, 1, 2, 3], [10, 11, 12, 20, 21, 22], [2, 3], [0.5f, 0.25f]));

    [Fact]
    public void Pruned_elements_are_the_zero_point() => Assert.Equal(
        [7, 3, 3, 9, 3, 3], Decoded([0b1001_0000], [2, 1, 0, 0, 1], [7, 9], [2, 3], [0.5f]));

    /// <summary>
    /// 1 is symbol 5; 01 is 6 and 00 leads on by one bit to 7 and 8. The first index has two bits.
    /// </summary>
    [Fact]
    public void Huffman_codes_are_decoded() => Assert.Equal(
        [5, 6, 7, 8, 5, 5],
        Decoded([0b1010_0000, 0b1110_0000], [1, 1, 0, 0, 1, 1 << 4],
            [.. new[] { Entry(false, 0, 4), Entry(true, 2, 6), Entry(true, 1, 5), Entry(true, 1, 5),
                Entry(true, 1, 7), Entry(true, 1, 8) }.SelectMany(e => e)], [6], [0.5f]));

    [Theory]
    [InlineData(new byte[] { 0 }, new byte[] { 0, 1, 0, 0, 1, 2, 3 }, "do not hold the 6 elements")]
    [InlineData(new byte[] { 255, 255 }, new byte[] { 0, 1, 0, 0, 1, 2, 3 }, "is one of its table that is not there")]
    [InlineData(new byte[] { 255 }, new byte[] { 2, 1, 0, 0, 1 }, "do not hold the 6 elements")]
    [InlineData(new byte[] { 255 }, new byte[] { 1, 1, 0, 0, 1, 0 }, "a Huffman code leads to entry 1 of 1")]
    [InlineData(new byte[] { 255 }, new byte[] { 127, 1, 0, 0, 1 }, "decoding 127 is not supported")]
    [InlineData(new byte[] { 255 }, new byte[] { 0, 2, 0, 0, 1 }, "another version")]
    public void What_cannot_be_decoded_is_refused(byte[] encoded, byte[] header, string message)
    {
        (byte[] file, _) = Compressed(encoded, header, [1, 0], [2, 3], [0.5f]);

        ImportError error = Assert.Single(TfliteImporter.Import(file).Errors);

        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("TFLM_DECODE", error.OperatorName);
    }

    private static byte[] Entry(bool isFound, int count, int value)
    {
        byte[] entry = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)((isFound ? 0x8000 : 0) | (count << 11) | value));
        return entry;
    }

    private byte[] Decoded(byte[] encoded, byte[] header, byte[] table, int[] shape, float[] scales)
    {
        (byte[] file, string name) = Compressed(encoded, header, table, shape, scales);
        ImportResult result = TfliteImporter.Import(file);
        Assert.Empty(result.Errors);
        return [.. result.Graph!.Tensors.Single(t => t.Name == name).Data!.Value];
    }

    private (byte[] File, string Name) Compressed(
        byte[] encoded, byte[] header, byte[] table, int[] shape, float[] scales)
    {
        int x = _model.Int8("x", 1);
        int bits = _model.Tensor("bits", TfliteType.UInt8, [encoded.Length], data: encoded);
        byte[] ancillary = [.. header, .. new byte[16 - header.Length], .. table];
        int how = _model.Tensor("how", TfliteType.UInt8, [ancillary.Length], data: ancillary);
        int y = _model.Tensor("y", TfliteType.Int8, shape, scales, [.. scales.Select(_ => scales.Length > 1 ? 0L : 3)]);
        _model.Operator(BuiltinOperator.CUSTOM, [bits, how], [y], custom: "TFLM_DECODE");
        return (_model.Build([x], [y]), "y");
    }

    private Graph Import(int[] inputs, int[] outputs)
    {
        ImportResult result = TfliteImporter.Import(_model.Build(inputs, outputs));
        Assert.Empty(result.Errors);
        return result.Graph!;
    }

    private static string Line(Graph graph) => ModelWriter.Write(graph).Split('\n')
        .Single(l => l.StartsWith("op ", StringComparison.Ordinal))[3..];
}

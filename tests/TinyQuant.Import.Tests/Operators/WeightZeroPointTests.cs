using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>The reference reads no zero point of a convolution's weights.</summary>
public sealed class WeightZeroPointTests
{
    private static readonly byte[] s_codes = [1, 2, 3, 4];

    private readonly FlatModel _model = new();

    [Theory]
    [InlineData(new[] { 0.5f }, new[] { 3L })]
    [InlineData(new[] { 0.5f, 0.25f }, new[] { 3L, 3L })]
    [InlineData(new[] { 0.5f, 0.25f }, new[] { 3L, -4L })]
    public void A_convolution_has_weights_without_one(float[] scales, long[] zeroPoints)
    {
        int x = _model.Int8("x", 1, 1, 1, 2), y = _model.Int8("y", 1, 1, 1, 2);
        int w = _model.Tensor("w", TfliteType.Int8, [2, 1, 1, 2], scales, zeroPoints, data: s_codes);
        _model.Operator(BuiltinOperator.CONV_2D, [x, w, -1], [y], 1, options: [(0, (byte)1), (1, 1), (2, 1)]);

        var op = Assert.IsType<Conv2D>(Assert.Single(Import(x, y).Operators));

        Assert.Equal(0, op.Weights.Quantization!.ZeroPoint);
        Assert.Equal(s_codes, op.Weights.Data!.Value);
        Assert.Equal("w", op.Weights.Name);
    }

    /// <summary>A dense layer of one scale takes it off, so that of the same weights each has its own.</summary>
    [Fact]
    public void A_dense_layer_of_one_scale_keeps_it()
    {
        int x = _model.Int8("x", 1, 1, 1, 2), z = _model.Int8("z", 1, 1, 1, 2), y = _model.Int8("y", 1, 2);
        int w = _model.Tensor("w", TfliteType.Int8, [2, 1, 1, 2], [0.5f], [3], data: s_codes);
        int flat = _model.Tensor("f", TfliteType.Int8, [2, 2], [0.5f], [3], data: s_codes);
        _model.Operator(BuiltinOperator.CONV_2D, [x, w, -1], [z], 1, options: [(0, (byte)1), (1, 1), (2, 1)]);
        _model.Operator(BuiltinOperator.FULLY_CONNECTED, [z, flat, -1], [y], 8);

        Graph graph = Import(x, y);

        Assert.Equal([0, 3], graph.Operators.Select(o => o.Inputs[1].Quantization!.ZeroPoint));
    }

    [Fact]
    public void A_dense_layer_with_a_scale_for_each_output_has_none()
    {
        int x = _model.Int8("x", 1, 2), y = _model.Int8("y", 1, 2);
        int w = _model.Tensor("w", TfliteType.Int8, [2, 2], [0.5f, 0.25f], [3, 7], data: s_codes);
        _model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w, -1], [y], 8);

        var op = Assert.IsType<FullyConnected>(Assert.Single(Import(x, y).Operators));

        Assert.Equal(0, op.Weights.Quantization!.ZeroPoint);
    }

    private Graph Import(int input, int output)
    {
        ImportResult result = TfliteImporter.Import(_model.Build([input], [output]));
        Assert.Empty(result.Errors);
        return result.Graph!;
    }
}

using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>Convolutions and matrix products, as lines of a model file.</summary>
public sealed class ConvolutionMappingTests : MappingTest
{
    [Fact]
    public void Convolutions()
    {
        int x = Model.Int8("x", 1, 8, 6, 2);
        int weights = Model.Int8("w", 4, 3, 3, 2);
        int y = Model.Int8("y", 1, 4, 2, 4);
        (int, object)[] options = [(0, (byte)1), (1, 3), (2, 2), (3, (byte)3), (4, 5), (5, 4)];

        AssertMaps("Conv2D x w -> y stride=2,3 dilation=4,5 activation=relu6",
            BuiltinOperator.CONV_2D, [x, weights, -1], y, 1, options);
    }

    [Theory]
    [InlineData(2, "Conv2D x w -> y narrow_sums=true")]
    [InlineData(4, "Conv2D x w -> y")]
    [InlineData(0, "Conv2D x w -> y")]
    public void Sums_of_int16_without_a_bias(byte biasType, string expected)
    {
        int x = Model.Tensor("x", TfliteType.Int16, [1, 8, 6, 4], [0.5f], [0]);
        int y = Model.Tensor("y", TfliteType.Int16, [1, 6, 4, 4], [0.5f], [0]);
        AssertMaps(expected, BuiltinOperator.CONV_2D, [x, Model.Int8("w", 4, 3, 3, 2)], y, 1,
            (0, (byte)1), (1, 1), (2, 1), (6, biasType));
    }

    [Fact]
    public void Sums_of_dense_layers_without_a_bias()
    {
        int x = Model.Tensor("x", TfliteType.Int16, [1, 3], [0.5f], [0]);
        int y = Model.Tensor("y", TfliteType.Int16, [1, 4], [0.5f], [0]);
        AssertMaps("FullyConnected x w -> y narrow_sums=true", BuiltinOperator.FULLY_CONNECTED,
            [x, Model.Int8("w", 4, 3)], y, 8, (4, (byte)2));
    }

    [Fact]
    public void Depthwise_convolutions()
    {
        int x = Model.Int8("x", 1, 8, 6, 2);
        int weights = Model.Int8("w", 1, 3, 3, 4);
        int bias = Model.Tensor("b", TfliteType.Int32, [4]);
        int y = Model.Int8("y", 1, 8, 6, 4);

        AssertMaps("DepthwiseConv2D x w b -> y padding=same",
            BuiltinOperator.DEPTHWISE_CONV_2D, [x, weights, bias], y, 2, (1, 1), (2, 1), (3, 2));
    }

    [Fact]
    public void Transposed_convolutions_take_the_image_first()
    {
        int shape = Model.Ints("shape", 1, 4, 4, 3);
        int weights = Model.Int8("w", 3, 2, 2, 5);
        int x = Model.Int8("x", 1, 2, 2, 5);
        int bias = Model.Tensor("b", TfliteType.Int32, [3]);
        int y = Model.Int8("y", 1, 4, 4, 3);

        AssertMaps("TransposeConv x w b -> y stride=2,2 padding=same activation=relu",
            BuiltinOperator.TRANSPOSE_CONV, [shape, weights, x, bias], y, 49, (1, 2), (2, 2), (3, (byte)1));
    }

    [Fact]
    public void Matrix_products() => AssertMaps(
        "BatchMatMul a b -> y adj_y=true",
        BuiltinOperator.BATCH_MATMUL, [Model.Int8("a", 2, 3), Model.Int8("b", 4, 3)], Model.Int8("y", 2, 4), 101,
        (1, true));
}

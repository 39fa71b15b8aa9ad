using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>What a file may say of an operator, and a model file cannot.</summary>
public sealed class RefusedMappingTests : MappingTest
{
    [Fact]
    public void What_a_model_file_cannot_say_is_refused()
    {
        int x = Model.Int8("x", 1, 4, 4, 2);
        int real = Model.Tensor("real", TfliteType.Float32, [1, 4, 4, 2]);
        int weights = Model.Int8("w", 4, 1, 1, 2);
        int y = Model.Int8("y", 1, 4, 4, 4);
        (int, object)[] stride = [(1, 1), (2, 1)];

        AssertRefuses("TANH", BuiltinOperator.CONV_2D, [x, weights], y, 1, [.. stride, (3, (byte)4)]);
        AssertRefuses("SIGN_BIT", BuiltinOperator.ADD, [x, x], y, 11, (0, (byte)5));
        AssertRefuses("dynamic range", BuiltinOperator.DEPTHWISE_CONV_2D, [real, weights], y, 2, stride);
        AssertRefuses("dynamic range", BuiltinOperator.TRANSPOSE_CONV,
            [Model.Ints("image", 1, 4, 4, 4), weights, real],
            y, 49, stride);
        AssertRefuses("quantized_bias_type", BuiltinOperator.CONV_2D, [x, weights], y, 1, [.. stride, (6, (byte)7)]);
        AssertRefuses("depth multiplier", BuiltinOperator.DEPTHWISE_CONV_2D, [x, Model.Int8("d", 1, 1, 1, 4)], y, 2,
            [.. stride, (3, 3)]);
        AssertRefuses("shuffled", BuiltinOperator.FULLY_CONNECTED, [x, weights], y, 8, (1, (byte)1));
        AssertRefuses("another operator", BuiltinOperator.ADD, [x, x], y, 21);
        AssertRefuses("input 1 is missing", BuiltinOperator.ADD, [x], y, 11);
        AssertRefuses("not as many elements", BuiltinOperator.RESHAPE, [x], y, 17);
        AssertRefuses("asks for a shape of [2,16]", BuiltinOperator.RESHAPE, [x, Model.Ints("shape", 2, 16)],
            Model.Int8("r", 1, 32), 17);
        AssertRefuses(
            "not known before", BuiltinOperator.TRANSPOSE, [x, Model.Tensor("p", TfliteType.Int32, [4])], y, 26);
        AssertRefuses("a dimension twice", BuiltinOperator.TRANSPOSE, [x, Model.Ints("twice", 0, 1, 1, 3)], y, 26);
        AssertRefuses("axis 4 is outside", BuiltinOperator.MEAN, [x, Model.Ints("axes", 4)], y, 27);
        AssertRefuses(
            "output type is int8", BuiltinOperator.ARG_MAX, [x, Model.Ints("axis", 0)], y, 40, (0, (byte)9));
        AssertRefuses("expected [4,2]", BuiltinOperator.PAD, [x, Model.Ints("pads", [2, 2], 0, 0, 0, 0)], y, 22);
        AssertRefuses("from 3 on", BuiltinOperator.SLICE,
            [x, Model.Ints("begin", 0, 3, 0, 0), Model.Ints("size", 1, 2, 1, 1)], y, 48);
        AssertRefuses("after a normalization", BuiltinOperator.L2_NORMALIZATION, [x], y, 12, (0, (byte)1));
        AssertRefuses("the operator is not supported", BuiltinOperator.UNIQUE, [x], y);
    }
}

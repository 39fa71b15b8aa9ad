using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>Operators that work element by element, as lines of a model file.</summary>
public sealed class ElementwiseMappingTests : MappingTest
{
    [Theory]
    [InlineData(BuiltinOperator.ADD, 11, "Add a b -> y activation=relu_n1_to_1")]
    [InlineData(BuiltinOperator.SUB, 28, "Sub a b -> y activation=relu_n1_to_1")]
    [InlineData(BuiltinOperator.MUL, 21, "Mul a b -> y activation=relu_n1_to_1")]
    public void Elementwise(object code, int type, string expected) => AssertMaps(
        expected, (BuiltinOperator)code, [Model.Int8("a", 2, 3), Model.Int8("b", 3)], Model.Int8("y", 2, 3), type,
        (0, (byte)2));

    [Theory]
    [InlineData(BuiltinOperator.MAXIMUM, "Maximum a b -> y")]
    [InlineData(BuiltinOperator.MINIMUM, "Minimum a b -> y")]
    public void Extrema(object code, string expected) =>
        AssertMaps(expected, (BuiltinOperator)code, [Model.Int8("a", 2, 3), Model.Int8("b", 3)],
            Model.Int8("y", 2, 3), 39);

    [Theory]
    [InlineData(BuiltinOperator.EQUAL, 53, "Equal")]
    [InlineData(BuiltinOperator.FLOOR_DIV, 65, "FloorDiv")]
    [InlineData(BuiltinOperator.FLOOR_MOD, 72, "FloorMod")]
    [InlineData(BuiltinOperator.GREATER, 44, "Greater")]
    [InlineData(BuiltinOperator.GREATER_EQUAL, 45, "GreaterEqual")]
    [InlineData(BuiltinOperator.LESS, 41, "Less")]
    [InlineData(BuiltinOperator.LESS_EQUAL, 46, "LessEqual")]
    [InlineData(BuiltinOperator.LOGICAL_AND, 62, "LogicalAnd")]
    [InlineData(BuiltinOperator.LOGICAL_OR, 60, "LogicalOr")]
    [InlineData(BuiltinOperator.NOT_EQUAL, 54, "NotEqual")]
    [InlineData(BuiltinOperator.SQUARED_DIFFERENCE, 76, "SquaredDifference")]
    public void Of_two_without_options(object code, int type, string kind) => AssertMaps(
        $"{kind} a b -> y", (BuiltinOperator)code, [Model.Int8("a", 2, 3), Model.Int8("b", 3)],
        Model.Int8("y", 2, 3), type);

    [Fact]
    public void Quotients_sums_and_selections()
    {
        int a = Model.Int8("a", 2, 3);
        int b = Model.Int8("b", 2, 3);
        int y = Model.Int8("y", 2, 3);

        AssertMaps("Div a b -> y activation=relu", BuiltinOperator.DIV, [a, b], y, 29, (0, (byte)1));
        AssertMaps("AddN a b a -> y", BuiltinOperator.ADD_N, [a, b, a], y, 82);
        AssertMaps("Cumsum a -> y axis=1 exclusive=true reverse=true", BuiltinOperator.CUMSUM,
            [a, Model.Ints("axis", [], -1)], y, 102, (0, true), (1, true));
        AssertMaps("SelectV2 c a b -> y", BuiltinOperator.SELECT_V2,
            [Model.Tensor("c", TfliteType.Bool, [3]), a, b], y, 98);
    }

    [Fact]
    public void Types_and_values()
    {
        int x = Model.Int8("x", 2, 3);
        int y = Model.Tensor("y", TfliteType.Float32, [2, 3]);

        AssertMaps("Cast x -> y", BuiltinOperator.CAST, [x], y, 37, (0, (byte)9), (1, (byte)0));
        AssertMaps("Fill v -> y", BuiltinOperator.FILL,
            [Model.Ints("dims", 2, 3), Model.Tensor("v", TfliteType.Float32, [])], y, 68);
        AssertRefuses("asks for a shape of [3,2]", BuiltinOperator.FILL,
            [Model.Ints("turned", 3, 2), Model.Tensor("u", TfliteType.Float32, [])], y, 68);
    }

    [Theory]
    [InlineData(BuiltinOperator.RELU, 0, "Relu")]
    [InlineData(BuiltinOperator.RELU6, 0, "Relu6")]
    [InlineData(BuiltinOperator.RELU_N1_TO_1, 0, "ReluN1To1")]
    [InlineData(BuiltinOperator.TANH, 0, "Tanh")]
    [InlineData(BuiltinOperator.LOGISTIC, 0, "Logistic")]
    [InlineData(BuiltinOperator.ELU, 0, "Elu")]
    [InlineData(BuiltinOperator.ABS, 78, "Abs")]
    [InlineData(BuiltinOperator.L2_NORMALIZATION, 12, "L2Normalization")]
    [InlineData(BuiltinOperator.HARD_SWISH, 91, "HardSwish")]
    [InlineData(BuiltinOperator.QUANTIZE, 89, "Quantize")]
    [InlineData(BuiltinOperator.DEQUANTIZE, 38, "Dequantize")]
    [InlineData(BuiltinOperator.RSQRT, 0, "Rsqrt")]
    [InlineData(BuiltinOperator.CEIL, 0, "Ceil")]
    [InlineData(BuiltinOperator.COS, 84, "Cos")]
    [InlineData(BuiltinOperator.FLOOR, 0, "Floor")]
    [InlineData(BuiltinOperator.LOG, 0, "Log")]
    [InlineData(BuiltinOperator.NEG, 42, "Neg")]
    [InlineData(BuiltinOperator.ROUND, 0, "Round")]
    [InlineData(BuiltinOperator.SIN, 0, "Sin")]
    [InlineData(BuiltinOperator.SQRT, 0, "Sqrt")]
    [InlineData(BuiltinOperator.SQUARE, 66, "Square")]
    public void Unary(object code, int type, string kind) =>
        AssertMaps($"{kind} x -> y", (BuiltinOperator)code, [Model.Int8("x", 2)], Model.Int8("y", 2), type);

    [Fact]
    public void Activations_with_parameters()
    {
        int x = Model.Int8("x", 1, 2);
        int y = Model.Int8("y", 1, 2);

        AssertMaps("Softmax x -> y beta=0.1", BuiltinOperator.SOFTMAX, [x], y, 9, (0, 0.1f));
        AssertMaps("LeakyRelu x -> y alpha=1E-09", BuiltinOperator.LEAKY_RELU, [x], y, 75, (0, 1e-9f));
        AssertMaps("Prelu x x -> y", BuiltinOperator.PRELU, [x, x], y, 0);
    }
}

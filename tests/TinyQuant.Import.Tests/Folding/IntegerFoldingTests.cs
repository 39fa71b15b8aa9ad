using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Folding;

/// <summary>Integer arithmetic over shapes and constants, done while importing.</summary>
public sealed class IntegerFoldingTests
{
    private readonly FlatModel _model = new();

    [Fact]
    public void A_shape() =>
        AssertFolds([1, 7, 5], BuiltinOperator.SHAPE, [_model.Int8("x", 1, 7, 5)], [3], 55, (0, (byte)2));

    [Theory]
    [InlineData(BuiltinOperator.ADD, 11, new[] { 11, 22, 13, 24, 15, 26 })]
    [InlineData(BuiltinOperator.SUB, 28, new[] { -9, -18, -7, -16, -5, -14 })]
    [InlineData(BuiltinOperator.MUL, 21, new[] { 10, 40, 30, 80, 50, 120 })]
    [InlineData(BuiltinOperator.MAXIMUM, 39, new[] { 10, 20, 10, 20, 10, 20 })]
    [InlineData(BuiltinOperator.MINIMUM, 39, new[] { 1, 2, 3, 4, 5, 6 })]
    public void Arithmetic_broadcasts(object code, int type, int[] expected) => AssertFolds(
        expected, (BuiltinOperator)code, [_model.Ints("a", [3, 2], 1, 2, 3, 4, 5, 6), _model.Ints("b", 10, 20)], [3, 2],
        type);

    [Fact]
    public void Remainders_have_the_sign_of_the_divisor()
    {
        int ints = _model.Ints("ints", 7, -7, 6, -6);

        AssertFolds([1, 2, 0, 0], BuiltinOperator.FLOOR_MOD, [ints, _model.Ints("three", 3)], [4], 72);
        AssertFolds([-2, -1, 0, 0], BuiltinOperator.FLOOR_MOD, [ints, _model.Ints("minus", -3)], [4], 72);
        AssertFolds(null, BuiltinOperator.FLOOR_MOD, [ints, _model.Ints("zero", 0)], [4], 72);
    }

    [Theory]
    [InlineData(BuiltinOperator.DIV, 29, new[] { 2, -2, 2, -3 })]
    [InlineData(BuiltinOperator.FLOOR_DIV, 65, new[] { 2, -3, 2, -3 })]
    public void Quotients(object code, int type, int[] expected)
    {
        (int numbers, BuiltinOperator quotient) = (_model.Ints("ints", 7, -7, -6, 9), (BuiltinOperator)code);

        AssertFolds(expected, quotient, [numbers, _model.Ints("threes", 3, 3, -3, -3)], [4], type);
        AssertFolds(null, quotient, [numbers, _model.Ints("zero", 0)], [4], type);
    }

    [Fact]
    public void Signs_and_another_order()
    {
        AssertFolds([3, 0, -2], BuiltinOperator.NEG, [_model.Ints("ints", -3, 0, 2)], [3], 42);
        AssertFolds(
            [1, 4, 2, 5, 3, 6], BuiltinOperator.TRANSPOSE,
            [_model.Ints("matrix", [2, 3], 1, 2, 3, 4, 5, 6), _model.Ints("perm", 1, 0)], [3, 2], 26);
    }

    [Fact]
    public void Values_under_another_shape_or_type()
    {
        int longs = _model.Longs("longs", [1, 3], -1, 0, 9);

        AssertFolds([-1, 0, 9], BuiltinOperator.CAST, [longs], [1, 3], 37, (0, (byte)4), (1, (byte)2));
        AssertFolds([-1, 0, 9], BuiltinOperator.RESHAPE, [longs, _model.Ints("shape", 3)], [3], 17);
        AssertFolds([-1, 0, 9], BuiltinOperator.SQUEEZE, [longs], [3], 30);
        AssertFolds([-1, 0, 9], BuiltinOperator.EXPAND_DIMS, [longs, _model.Ints("axis", 0)], [1, 1, 3], 52);
    }

    [Fact]
    public void Parts()
    {
        int x = _model.Ints("x", [2, 3], 1, 2, 3, 4, 5, 6);
        int ones = _model.Ints("ones", 1, 1);

        AssertFolds([5, 6], BuiltinOperator.SLICE, [x, ones, _model.Ints("size", 1, -1)], [1, 2], 48);
        AssertFolds([6, 4, 3, 1], BuiltinOperator.STRIDED_SLICE, [x, ones, ones, _model.Ints("strides", -1, -2)],
            [2, 2],
            32, (0, 3), (1, 3));
        AssertFolds([3, 1, 6, 4], BuiltinOperator.GATHER, [x, _model.Ints("indexes", 2, 0)], [2, 2], 23, (0, -1));
        AssertFolds([4, 5, 6], BuiltinOperator.GATHER, [x, _model.Ints("index", [], 1)], [3], 23);
    }

    [Fact]
    public void Joins()
    {
        int a = _model.Ints("a", [2, 1], 1, 2);
        int b = _model.Ints("b", [2, 2], 3, 4, 5, 6);

        AssertFolds([1, 3, 4, 2, 5, 6], BuiltinOperator.CONCATENATION, [a, b], [2, 3], 10, (0, 1));
        AssertFolds([1, 2, 1, 2], BuiltinOperator.PACK, [a, a], [2, 2, 1], 59, (0, 2), (1, 0));
        AssertFolds([1, 1, 2, 2], BuiltinOperator.PACK, [a, a], [2, 1, 2], 59, (0, 2), (1, -1));
    }

    [Fact]
    public void What_the_device_computes_is_not_folded()
    {
        int ints = _model.Ints("ints", 2_000_000_000, 1);
        int unknown = _model.Tensor("unknown", TfliteType.Int32, [2]);

        AssertFolds(null, BuiltinOperator.ADD, [ints, unknown], [2], 11); // not known
        AssertFolds(null, BuiltinOperator.ADD, [ints, ints], [2], 11); // more than an int32 holds
        AssertFolds(null, BuiltinOperator.ADD, [ints, ints], [2], 11, (0, (byte)1)); // an activation
        AssertFolds(null, BuiltinOperator.MUL, [ints, _model.Ints("three", 1, 2, 3)], [2], 21); // no broadcast
        AssertFolds(null, BuiltinOperator.SHAPE, [_model.Tensor("dynamic", TfliteType.Int8, [-1, 2])], [2], 55);
        AssertFolds(null, BuiltinOperator.GATHER, [ints, _model.Ints("outside", 2)], [1], 23);
        AssertFolds(null, BuiltinOperator.SQUEEZE, [ints], [3], 30); // not as many elements
        AssertFolds(null, BuiltinOperator.ABS, [ints], [2]);
    }

    [Fact]
    public void What_is_folded_is_a_parameter_of_what_follows()
    {
        int x = _model.Int8("x", 1, 6, 4);
        int shape = _model.Tensor("shape", TfliteType.Int32, [3]);
        int rows = _model.Tensor("rows", TfliteType.Int32, []);
        int half = _model.Tensor("half", TfliteType.Int32, []);
        int begin = _model.Tensor("begin", TfliteType.Int32, [3]);
        int zero = _model.Ints("zero", [], 0);
        int y = _model.Int8("y", 1, 3, 4);
        _model.Operator(BuiltinOperator.SHAPE, [x], [shape], 55);
        _model.Operator(BuiltinOperator.STRIDED_SLICE,
            [shape, _model.Ints("1", 1), _model.Ints("2", 2), _model.Ints("stride", 1)], [rows], 32, null, (4, 1));
        _model.Operator(BuiltinOperator.SUB, [rows, _model.Ints("three", [], 3)], [half], 28);
        _model.Operator(BuiltinOperator.PACK, [zero, half, zero], [begin], 59, null, (0, 3), (1, 0));
        _model.Operator(BuiltinOperator.SLICE, [x, begin, _model.Ints("size", -1, -1, -1)], [y], 48);

        Assert.Equal("Slice x -> y begin=0,3,0 size=1,3,4", Mapped.Last(_model.Build([x], [y])));
    }

    /// <summary>The operator's int32 output is this, or is not folded.</summary>
    private void AssertFolds(
        int[]? expected, BuiltinOperator code, int[] inputs, int[] shape, int type = 0, params (int, object)[] options)
    {
        int output = _model.Tensor("y", TfliteType.Int32, shape);
        _model.Operator(code, inputs, [output], type, null, options);
        Assert.Equal(expected?.Select(v => (long)v), Mapped.Folded(_model.Build([inputs[0]], [output])));
    }
}

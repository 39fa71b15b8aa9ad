using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Operators;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>Each operator, as a line of a model file.</summary>
public sealed class MappingTests
{
    private readonly FlatModel _model = new();

    [Fact]
    public void Convolutions()
    {
        int x = _model.Int8("x", 1, 8, 6, 2);
        int weights = _model.Int8("w", 4, 3, 3, 2);
        int y = _model.Int8("y", 1, 4, 2, 4);
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
        int x = _model.Tensor("x", TfliteType.Int16, [1, 8, 6, 4], [0.5f], [0]);
        int y = _model.Tensor("y", TfliteType.Int16, [1, 6, 4, 4], [0.5f], [0]);
        AssertMaps(expected, BuiltinOperator.CONV_2D, [x, _model.Int8("w", 4, 3, 3, 2)], y, 1,
            (0, (byte)1), (1, 1), (2, 1), (6, biasType));
    }

    [Fact]
    public void Sums_of_dense_layers_without_a_bias()
    {
        int x = _model.Tensor("x", TfliteType.Int16, [1, 3], [0.5f], [0]);
        int y = _model.Tensor("y", TfliteType.Int16, [1, 4], [0.5f], [0]);
        AssertMaps("FullyConnected x w -> y narrow_sums=true", BuiltinOperator.FULLY_CONNECTED,
            [x, _model.Int8("w", 4, 3)], y, 8, (4, (byte)2));
    }

    [Fact]
    public void Depthwise_convolutions()
    {
        int x = _model.Int8("x", 1, 8, 6, 2);
        int weights = _model.Int8("w", 1, 3, 3, 4);
        int bias = _model.Tensor("b", TfliteType.Int32, [4]);
        int y = _model.Int8("y", 1, 8, 6, 4);

        AssertMaps("DepthwiseConv2D x w b -> y padding=same",
            BuiltinOperator.DEPTHWISE_CONV_2D, [x, weights, bias], y, 2, (1, 1), (2, 1), (3, 2));
    }

    [Fact]
    public void Transposed_convolutions_take_the_image_first()
    {
        int shape = _model.Ints("shape", 1, 4, 4, 3);
        int weights = _model.Int8("w", 3, 2, 2, 5);
        int x = _model.Int8("x", 1, 2, 2, 5);
        int bias = _model.Tensor("b", TfliteType.Int32, [3]);
        int y = _model.Int8("y", 1, 4, 4, 3);

        AssertMaps("TransposeConv x w b -> y stride=2,2 padding=same activation=relu",
            BuiltinOperator.TRANSPOSE_CONV, [shape, weights, x, bias], y, 49, (1, 2), (2, 2), (3, (byte)1));
    }

    [Theory]
    [InlineData(BuiltinOperator.ADD, 11, "Add a b -> y activation=relu_n1_to_1")]
    [InlineData(BuiltinOperator.SUB, 28, "Sub a b -> y activation=relu_n1_to_1")]
    [InlineData(BuiltinOperator.MUL, 21, "Mul a b -> y activation=relu_n1_to_1")]
    public void Elementwise(object code, int type, string expected) => AssertMaps(
        expected, (BuiltinOperator)code, [_model.Int8("a", 2, 3), _model.Int8("b", 3)], _model.Int8("y", 2, 3), type,
        (0, (byte)2));

    [Theory]
    [InlineData(BuiltinOperator.MAXIMUM, "Maximum a b -> y")]
    [InlineData(BuiltinOperator.MINIMUM, "Minimum a b -> y")]
    public void Extrema(object code, string expected) =>
        AssertMaps(expected, (BuiltinOperator)code, [_model.Int8("a", 2, 3), _model.Int8("b", 3)],
            _model.Int8("y", 2, 3), 39);

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
        $"{kind} a b -> y", (BuiltinOperator)code, [_model.Int8("a", 2, 3), _model.Int8("b", 3)],
        _model.Int8("y", 2, 3), type);

    [Fact]
    public void Quotients_sums_and_selections()
    {
        int a = _model.Int8("a", 2, 3);
        int b = _model.Int8("b", 2, 3);
        int y = _model.Int8("y", 2, 3);

        AssertMaps("Div a b -> y activation=relu", BuiltinOperator.DIV, [a, b], y, 29, (0, (byte)1));
        AssertMaps("AddN a b a -> y", BuiltinOperator.ADD_N, [a, b, a], y, 82);
        AssertMaps("Cumsum a -> y axis=1 exclusive=true reverse=true", BuiltinOperator.CUMSUM,
            [a, _model.Ints("axis", [], -1)], y, 102, (0, true), (1, true));
        AssertMaps("SelectV2 c a b -> y", BuiltinOperator.SELECT_V2,
            [_model.Tensor("c", TfliteType.Bool, [3]), a, b], y, 98);
    }

    [Fact]
    public void Types_and_values()
    {
        int x = _model.Int8("x", 2, 3);
        int y = _model.Tensor("y", TfliteType.Float32, [2, 3]);

        AssertMaps("Cast x -> y", BuiltinOperator.CAST, [x], y, 37, (0, (byte)9), (1, (byte)0));
        AssertMaps("Fill v -> y", BuiltinOperator.FILL,
            [_model.Ints("dims", 2, 3), _model.Tensor("v", TfliteType.Float32, [])], y, 68);
        AssertRefuses("asks for a shape of [3,2]", BuiltinOperator.FILL,
            [_model.Ints("turned", 3, 2), _model.Tensor("u", TfliteType.Float32, [])], y, 68);
    }

    [Fact]
    public void Matrix_products() => AssertMaps(
        "BatchMatMul a b -> y adj_y=true",
        BuiltinOperator.BATCH_MATMUL, [_model.Int8("a", 2, 3), _model.Int8("b", 4, 3)], _model.Int8("y", 2, 4), 101,
        (1, true));

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
        AssertMaps($"{kind} x -> y", (BuiltinOperator)code, [_model.Int8("x", 2)], _model.Int8("y", 2), type);

    [Fact]
    public void Activations_with_parameters()
    {
        int x = _model.Int8("x", 1, 2);
        int y = _model.Int8("y", 1, 2);

        AssertMaps("Softmax x -> y beta=0.1", BuiltinOperator.SOFTMAX, [x], y, 9, (0, 0.1f));
        AssertMaps("LeakyRelu x -> y alpha=1E-09", BuiltinOperator.LEAKY_RELU, [x], y, 75, (0, 1e-9f));
        AssertMaps("Prelu x x -> y", BuiltinOperator.PRELU, [x, x], y, 0);
    }

    [Fact]
    public void Pools_have_height_before_width()
    {
        (int, object)[] options = [(0, (byte)1), (1, 1), (2, 2), (3, 3), (4, 4), (5, (byte)1)];
        int x = _model.Int8("x", 1, 8, 8, 2);
        int y = _model.Int8("y", 1, 3, 6, 2);

        AssertMaps("AveragePool2D x -> y filter=4,3 stride=2,1 activation=relu", BuiltinOperator.AVERAGE_POOL_2D, [x],
            y,
            5, options);
        AssertMaps("L2Pool2D x -> y filter=4,3 stride=2,1 activation=relu", BuiltinOperator.L2_POOL_2D, [x], y, 5,
            options);
        AssertMaps("MaxPool2D x -> y filter=4,3 stride=2,1 activation=relu", BuiltinOperator.MAX_POOL_2D, [x], y, 5,
            options);
    }

    [Fact]
    public void Reductions_have_ascending_axes_each_once()
    {
        int x = _model.Int8("x", 1, 2, 3, 4);
        int axes = _model.Ints("axes", -1, 1, 3, -3);
        int y = _model.Int8("y", 1, 3);

        AssertMaps("Mean x -> y axes=1,3", BuiltinOperator.MEAN, [x, axes], y, 27);
        AssertMaps("Sum x -> y axes=1,3 keep_dims=true", BuiltinOperator.SUM, [x, axes], y, 27, (0, true));
        AssertMaps("ReduceMax x -> y axes=1,3", BuiltinOperator.REDUCE_MAX, [x, axes], y, 27);
        AssertMaps("ReduceMin x -> y axes=1,3 keep_dims=true", BuiltinOperator.REDUCE_MIN, [x, axes], y, 27, (0, true));
        AssertMaps("ReduceAll x -> y axes=1,3", BuiltinOperator.REDUCE_ALL, [x, axes], y, 27);
        AssertMaps("ArgMin x -> y axis=2", BuiltinOperator.ARG_MIN, [x, _model.Longs("least", [], -2)], y, 57,
            (0, (byte)2));
        AssertMaps("ArgMax x -> y axis=2", BuiltinOperator.ARG_MAX, [x, _model.Longs("axis", [], -2)], y, 40,
            (0, (byte)2));
    }

    [Fact]
    public void Shapes_are_those_of_the_outputs()
    {
        int x = _model.Int8("x", 1, 6, 2);
        int y = _model.Int8("y", 3, 4);

        AssertMaps("Reshape x -> y", BuiltinOperator.RESHAPE, [x, _model.Ints("shape", -1, 4)], y, 17);
        AssertMaps("Squeeze x -> z", BuiltinOperator.SQUEEZE, [x], _model.Int8("z", 6, 2), 30);
        AssertMaps("ExpandDims x -> e", BuiltinOperator.EXPAND_DIMS, [x, _model.Ints("axis", 0)],
            _model.Int8("e", 1, 1, 6, 2), 52);
        AssertMaps("Transpose x -> t perm=2,0,1", BuiltinOperator.TRANSPOSE, [x, _model.Ints("perm", 2, 0, -2)],
            _model.Int8("t", 2, 1, 6), 26);
    }

    [Fact]
    public void Paddings_may_be_int64()
    {
        int x = _model.Int8("x", 2, 3);
        int y = _model.Int8("y", 3, 6);

        AssertMaps("Pad x -> y paddings=1,0,2,1", BuiltinOperator.PAD, [x, _model.Longs("long", [2, 2], 1, 0, 2, 1)], y,
            22);
        AssertMaps("PadV2 x v -> y paddings=1,0,2,1", BuiltinOperator.PADV2,
            [x, _model.Ints("int", [2, 2], 1, 0, 2, 1), _model.Int8("v")], y, 43);
    }

    [Fact]
    public void Joins_and_splits()
    {
        int a = _model.Int8("a", 2, 3);
        int b = _model.Int8("b", 2, 3);
        int last = _model.Ints("last", [], -1);

        AssertMaps("Concatenation a b a -> c axis=1 activation=relu", BuiltinOperator.CONCATENATION, [a, b, a],
            _model.Int8("c", 2, 9), 10, (0, -1), (1, (byte)1));
        AssertMaps("Pack a b -> p axis=2", BuiltinOperator.PACK, [a, b], _model.Int8("p", 2, 3, 2), 59, (0, 2),
            (1, -1));
        AssertMaps("Split a -> s axis=1", BuiltinOperator.SPLIT, [last, a], _model.Int8("s", 2, 3), 35, (0, 1));
        AssertMaps("SplitV a -> v axis=1", BuiltinOperator.SPLIT_V, [a, _model.Ints("sizes", -1), last],
            _model.Int8("v", 2, 3), 79, (0, 1));
        AssertMaps("Unpack a -> u axis=0", BuiltinOperator.UNPACK, [a], _model.Int8("u", 3), 64, (0, 1), (1, -2));
    }

    [Fact]
    public void Slices_by_indexes()
    {
        int x = _model.Int8("x", 2, 3, 4);
        int i = _model.Tensor("i", TfliteType.Int32, [2, 5]);

        AssertMaps("Gather x i -> g axis=2 batch_dims=1", BuiltinOperator.GATHER, [x, i], _model.Int8("g", 2, 3, 5), 23,
            (0, -1), (1, -1));
        AssertMaps("GatherNd x i -> n", BuiltinOperator.GATHER_ND, [x, i], _model.Int8("n", 2), 83);
        AssertMaps("EmbeddingLookup i x -> e", BuiltinOperator.EMBEDDING_LOOKUP, [i, x], _model.Int8("e", 2), 0);
        AssertMaps("DynamicSlice x i -> s", BuiltinOperator.SLICE, [x, i, _model.Ints("size", 1, -1, 4)],
            _model.Int8("s", 1, 2, 4), 48);
        AssertRefuses("its size is not that of its output", BuiltinOperator.SLICE,
            [x, i, _model.Ints("other", 1, 1, 4)], _model.Int8("t", 1, 2, 4), 48);
        AssertMaps("DynamicUpdateSlice x x i -> u", BuiltinOperator.DYNAMIC_UPDATE_SLICE, [x, x, i],
            _model.Int8("u", 2, 3, 4), 117);
    }

    [Fact]
    public void Stretched_reversed_and_mirrored()
    {
        int x = _model.Int8("x", 2, 3);
        int shape = _model.Tensor("shape", TfliteType.Int32, [2]);

        AssertMaps("BroadcastTo x -> y", BuiltinOperator.BROADCAST_TO, [x, _model.Ints("to", 4, 2, 3)],
            _model.Int8("y", 4, 2, 3), 104);
        AssertMaps("BroadcastArgs shape shape -> a", BuiltinOperator.BROADCAST_ARGS, [shape, shape],
            _model.Tensor("a", TfliteType.Int32, [2]), 0);
        AssertMaps("ReverseV2 x -> r axes=0,1", BuiltinOperator.REVERSE_V2, [x, _model.Ints("axes", -1, 0, 1)],
            _model.Int8("r", 2, 3), 81);
        AssertRefuses("along no axis", BuiltinOperator.REVERSE_V2, [x, _model.Ints("none", [0], [])],
            _model.Int8("o", 2, 3), 81);
        int paddings = _model.Ints("pads", [2, 2], 1, 0, 2, 1);
        AssertMaps("MirrorPad x -> m paddings=1,0,2,1 symmetric=true", BuiltinOperator.MIRROR_PAD, [x, paddings],
            _model.Int8("m", 3, 6), 77, (0, (byte)1));
        AssertRefuses("mode 2 is unknown", BuiltinOperator.MIRROR_PAD, [x, paddings], _model.Int8("q", 3, 6), 77,
            (0, (byte)2));
    }

    [Fact]
    public void Slices_and_resizes()
    {
        int x = _model.Int8("x", 4, 5);

        AssertMaps("Slice x -> y begin=1,2 size=2,3", BuiltinOperator.SLICE,
            [x, _model.Ints("begin", 1, 2), _model.Longs("size", [2], 2, -1)], _model.Int8("y", 2, 3), 48);
        AssertMaps("ResizeNearestNeighbor i -> r align_corners=true",
            BuiltinOperator.RESIZE_NEAREST_NEIGHBOR, [_model.Int8("i", 1, 2, 2, 1), _model.Ints("size", 4, 6)],
            _model.Int8("r", 1, 4, 6, 1), 74, (0, true));
    }

    [Fact]
    public void Bilinear_resizes_have_their_flags_behind_two_old_options() => AssertMaps(
        "ResizeBilinear i -> r half_pixel_centers=true",
        BuiltinOperator.RESIZE_BILINEAR, [_model.Int8("i", 1, 2, 2, 1), _model.Ints("size", 4, 6)],
        _model.Int8("r", 1, 4, 6, 1), 15, (3, true));

    [Fact]
    public void Blocks()
    {
        int x = _model.Int8("x", 1, 4, 6, 1);
        int steps = _model.Ints("steps", 2, 3);
        int margins = _model.Ints("margins", [2, 2], 1, 1, 0, 3);

        AssertMaps("SpaceToDepth x -> d block_size=2", BuiltinOperator.SPACE_TO_DEPTH, [x],
            _model.Int8("d", 1, 2, 3, 4),
            19, (0, 2));
        AssertMaps("DepthToSpace x -> s block_size=3", BuiltinOperator.DEPTH_TO_SPACE, [x], _model.Int8("s", 1), 94,
            (0, 3));
        AssertMaps("SpaceToBatchNd x -> b block=2,3 paddings=1,1,0,3",
            BuiltinOperator.SPACE_TO_BATCH_ND, [x, steps, margins], _model.Int8("b", 6, 3, 3, 1), 25);
        AssertMaps("BatchToSpaceNd x -> w block=2,3 crops=1,1,0,3",
            BuiltinOperator.BATCH_TO_SPACE_ND, [x, steps, margins], _model.Int8("w", 1), 24);
    }

    [Fact]
    public void Svdf_may_lack_its_bias()
    {
        int[] inputs = [
            _model.Int8("x", 1, 2), _model.Int8("f", 4, 2), _model.Int8("t", 4, 3), -1, _model.Int8("state", 1, 12)];

        AssertMaps("Svdf x f t state -> y rank=2 activation=relu", BuiltinOperator.SVDF, inputs, _model.Int8("y", 1, 2),
            6, (0, 2), (1, (byte)1), (2, true));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(24)]
    public void Lstm_without_extras(int inputs) => AssertMaps(
        "UnidirectionalSequenceLstm t0 t1 t2 t3 t4 t5 t6 t7 t8 t12 t13 t14 t15 t18 t19 -> y time_major=true "
            + "cell_clip=10",
        BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM, LstmInputs(inputs), _model.Int8("y", 1, 2, 3), 71, (0, (byte)4),
        (1, 10f), (3, true));

    [Theory]
    [InlineData(9, "peephole")]
    [InlineData(16, "projection")]
    [InlineData(20, "layer normalisation")]
    [InlineData(1, "CIFG")]
    public void Lstm_with_extras_is_refused(int input, string message)
    {
        int[] inputs = LstmInputs(24);
        inputs[input] = inputs[input] == -1 ? inputs[0] : -1;

        AssertRefuses(
            message, BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM, inputs, _model.Int8("y", 1, 2, 3), 71, (0, (byte)4));
    }

    [Fact]
    public void What_a_model_file_cannot_say_is_refused()
    {
        int x = _model.Int8("x", 1, 4, 4, 2);
        int real = _model.Tensor("real", TfliteType.Float32, [1, 4, 4, 2]);
        int weights = _model.Int8("w", 4, 1, 1, 2);
        int y = _model.Int8("y", 1, 4, 4, 4);
        (int, object)[] stride = [(1, 1), (2, 1)];

        AssertRefuses("TANH", BuiltinOperator.CONV_2D, [x, weights], y, 1, [.. stride, (3, (byte)4)]);
        AssertRefuses("SIGN_BIT", BuiltinOperator.ADD, [x, x], y, 11, (0, (byte)5));
        AssertRefuses("dynamic range", BuiltinOperator.DEPTHWISE_CONV_2D, [real, weights], y, 2, stride);
        AssertRefuses("dynamic range", BuiltinOperator.TRANSPOSE_CONV,
            [_model.Ints("image", 1, 4, 4, 4), weights, real],
            y, 49, stride);
        AssertRefuses("quantized_bias_type", BuiltinOperator.CONV_2D, [x, weights], y, 1, [.. stride, (6, (byte)7)]);
        AssertRefuses("depth multiplier", BuiltinOperator.DEPTHWISE_CONV_2D, [x, _model.Int8("d", 1, 1, 1, 4)], y, 2,
            [.. stride, (3, 3)]);
        AssertRefuses("shuffled", BuiltinOperator.FULLY_CONNECTED, [x, weights], y, 8, (1, (byte)1));
        AssertRefuses("another operator", BuiltinOperator.ADD, [x, x], y, 21);
        AssertRefuses("input 1 is missing", BuiltinOperator.ADD, [x], y, 11);
        AssertRefuses("not as many elements", BuiltinOperator.RESHAPE, [x], y, 17);
        AssertRefuses("asks for a shape of [2,16]", BuiltinOperator.RESHAPE, [x, _model.Ints("shape", 2, 16)],
            _model.Int8("r", 1, 32), 17);
        AssertRefuses(
            "not known before", BuiltinOperator.TRANSPOSE, [x, _model.Tensor("p", TfliteType.Int32, [4])], y, 26);
        AssertRefuses("a dimension twice", BuiltinOperator.TRANSPOSE, [x, _model.Ints("twice", 0, 1, 1, 3)], y, 26);
        AssertRefuses("axis 4 is outside", BuiltinOperator.MEAN, [x, _model.Ints("axes", 4)], y, 27);
        AssertRefuses(
            "output type is int8", BuiltinOperator.ARG_MAX, [x, _model.Ints("axis", 0)], y, 40, (0, (byte)9));
        AssertRefuses("expected [4,2]", BuiltinOperator.PAD, [x, _model.Ints("pads", [2, 2], 0, 0, 0, 0)], y, 22);
        AssertRefuses("from 3 on", BuiltinOperator.SLICE,
            [x, _model.Ints("begin", 0, 3, 0, 0), _model.Ints("size", 1, 2, 1, 1)], y, 48);
        AssertRefuses("after a normalization", BuiltinOperator.L2_NORMALIZATION, [x], y, 12, (0, (byte)1));
        AssertRefuses("the operator is not supported", BuiltinOperator.UNIQUE, [x], y);
    }

    [Fact]
    public void Every_mapping_has_a_test_here_or_beside()
    {
        string tests = Path.Combine(Path.GetDirectoryName(SourcePath())!, "..");
        string source = string.Concat(
            Directory.GetFiles(Path.Combine(tests, "Operators"), "*.cs")
                .Append(Path.Combine(tests, "State", "ResourceVariableTests.cs")).Select(File.ReadAllText));
        Assert.All(OperatorMappings.Supported.Where(o => !IsUnary(o)),
            o => Assert.Contains($"BuiltinOperator.{o}", source, StringComparison.Ordinal));

        static string SourcePath([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
    }

    /// <summary>
    /// An operator has the name that TensorFlow Lite gives it, in another case; those of one tensor have nothing else.
    /// </summary>
    [Fact]
    public void Names_are_those_of_TensorFlow_Lite()
    {
        Assert.All(OperatorMappings.Supported, o => Assert.Single(OperatorRegistry.Kinds, k => IsNamed(k, o)));
        Assert.All(OperatorMappings.Supported.Where(IsUnary), o => Assert.Equal(
            $"{OperatorRegistry.Kinds.Single(k => IsNamed(k, o))} x -> y",
            Mapped.Last(With(o, [_model.Int8("x", 2)], _model.Int8("y", 2), type: 0, options: []))));
    }

    private static bool IsNamed(string kind, BuiltinOperator code) =>
        kind.Equals(code.ToString().Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is made of two tensors and nothing else.</summary>
    private static bool IsUnary(BuiltinOperator code) => typeof(UnaryOperator).Assembly.GetTypes()
        .Single(t => t.IsSubclassOf(typeof(Operator)) && IsNamed(t.Name, code)) is var type
        && type.IsSubclassOf(typeof(UnaryOperator))
        && type.GetConstructor([typeof(Tensor), typeof(Tensor), typeof(int)]) is not null;

    private int[] LstmInputs(int count) =>
        [.. Enumerable.Range(0, count).Select(i =>
            i is (>= 9 and <= 11) or 16 or 17 or >= 20 ? -1 : _model.Int8($"t{i}", 3, 3))];

    private void AssertMaps(
        string expected, BuiltinOperator code, int[] inputs, int output, int type, params (int, object)[] options) =>
        Assert.Equal(expected, Mapped.Last(With(code, inputs, output, type, options)));

    private void AssertRefuses(
        string message, BuiltinOperator code, int[] inputs, int output, int type = 0, params (int, object)[] options) =>
        Assert.Contains(message, Mapped.Refusal(With(code, inputs, output, type, options)), StringComparison.Ordinal);

    private byte[] With(BuiltinOperator code, int[] inputs, int output, int type, (int, object)[] options)
    {
        _model.Operator(code, inputs, [output], type, null, options);
        return _model.Build([inputs.First(i => i >= 0)], [output]);
    }
}

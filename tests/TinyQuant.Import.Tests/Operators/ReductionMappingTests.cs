using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>Pools and reductions, as lines of a model file.</summary>
public sealed class ReductionMappingTests : MappingTest
{
    [Fact]
    public void Pools_have_height_before_width()
    {
        (int, object)[] options = [(0, (byte)1), (1, 1), (2, 2), (3, 3), (4, 4), (5, (byte)1)];
        int x = Model.Int8("x", 1, 8, 8, 2);
        int y = Model.Int8("y", 1, 3, 6, 2);

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
        int x = Model.Int8("x", 1, 2, 3, 4);
        int axes = Model.Ints("axes", -1, 1, 3, -3);
        int y = Model.Int8("y", 1, 3);

        AssertMaps("Mean x -> y axes=1,3", BuiltinOperator.MEAN, [x, axes], y, 27);
        AssertMaps("Sum x -> y axes=1,3 keep_dims=true", BuiltinOperator.SUM, [x, axes], y, 27, (0, true));
        AssertMaps("ReduceMax x -> y axes=1,3", BuiltinOperator.REDUCE_MAX, [x, axes], y, 27);
        AssertMaps("ReduceMin x -> y axes=1,3 keep_dims=true", BuiltinOperator.REDUCE_MIN, [x, axes], y, 27, (0, true));
        AssertMaps("ReduceAll x -> y axes=1,3", BuiltinOperator.REDUCE_ALL, [x, axes], y, 27);
        AssertMaps("ArgMin x -> y axis=2", BuiltinOperator.ARG_MIN, [x, Model.Longs("least", [], -2)], y, 57,
            (0, (byte)2));
        AssertMaps("ArgMax x -> y axis=2", BuiltinOperator.ARG_MAX, [x, Model.Longs("axis", [], -2)], y, 40,
            (0, (byte)2));
    }
}

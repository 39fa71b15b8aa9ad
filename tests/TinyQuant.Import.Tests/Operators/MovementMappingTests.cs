using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Operators;

/// <summary>Operators that move elements, as lines of a model file.</summary>
public sealed class MovementMappingTests : MappingTest
{
    [Fact]
    public void Shapes_are_those_of_the_outputs()
    {
        int x = Model.Int8("x", 1, 6, 2);
        int y = Model.Int8("y", 3, 4);

        AssertMaps("Reshape x -> y", BuiltinOperator.RESHAPE, [x, Model.Ints("shape", -1, 4)], y, 17);
        AssertMaps("Squeeze x -> z", BuiltinOperator.SQUEEZE, [x], Model.Int8("z", 6, 2), 30);
        AssertMaps("ExpandDims x -> e", BuiltinOperator.EXPAND_DIMS, [x, Model.Ints("axis", 0)],
            Model.Int8("e", 1, 1, 6, 2), 52);
        AssertMaps("Transpose x -> t perm=2,0,1", BuiltinOperator.TRANSPOSE, [x, Model.Ints("perm", 2, 0, -2)],
            Model.Int8("t", 2, 1, 6), 26);
    }

    [Fact]
    public void Paddings_may_be_int64()
    {
        int x = Model.Int8("x", 2, 3);
        int y = Model.Int8("y", 3, 6);

        AssertMaps("Pad x -> y paddings=1,0,2,1", BuiltinOperator.PAD, [x, Model.Longs("long", [2, 2], 1, 0, 2, 1)], y,
            22);
        AssertMaps("PadV2 x v -> y paddings=1,0,2,1", BuiltinOperator.PADV2,
            [x, Model.Ints("int", [2, 2], 1, 0, 2, 1), Model.Int8("v")], y, 43);
    }

    [Fact]
    public void Joins_and_splits()
    {
        int a = Model.Int8("a", 2, 3);
        int b = Model.Int8("b", 2, 3);
        int last = Model.Ints("last", [], -1);

        AssertMaps("Concatenation a b a -> c axis=1 activation=relu", BuiltinOperator.CONCATENATION, [a, b, a],
            Model.Int8("c", 2, 9), 10, (0, -1), (1, (byte)1));
        AssertMaps("Pack a b -> p axis=2", BuiltinOperator.PACK, [a, b], Model.Int8("p", 2, 3, 2), 59, (0, 2),
            (1, -1));
        AssertMaps("Split a -> s axis=1", BuiltinOperator.SPLIT, [last, a], Model.Int8("s", 2, 3), 35, (0, 1));
        AssertMaps("SplitV a -> v axis=1", BuiltinOperator.SPLIT_V, [a, Model.Ints("sizes", -1), last],
            Model.Int8("v", 2, 3), 79, (0, 1));
        AssertMaps("Unpack a -> u axis=0", BuiltinOperator.UNPACK, [a], Model.Int8("u", 3), 64, (0, 1), (1, -2));
    }

    [Fact]
    public void Slices_by_indexes()
    {
        int x = Model.Int8("x", 2, 3, 4);
        int i = Model.Tensor("i", TfliteType.Int32, [2, 5]);

        AssertMaps("Gather x i -> g axis=2 batch_dims=1", BuiltinOperator.GATHER, [x, i], Model.Int8("g", 2, 3, 5), 23,
            (0, -1), (1, -1));
        AssertMaps("GatherNd x i -> n", BuiltinOperator.GATHER_ND, [x, i], Model.Int8("n", 2), 83);
        AssertMaps("EmbeddingLookup i x -> e", BuiltinOperator.EMBEDDING_LOOKUP, [i, x], Model.Int8("e", 2), 0);
        AssertMaps("DynamicSlice x i -> s", BuiltinOperator.SLICE, [x, i, Model.Ints("size", 1, -1, 4)],
            Model.Int8("s", 1, 2, 4), 48);
        AssertRefuses("its size is not that of its output", BuiltinOperator.SLICE,
            [x, i, Model.Ints("other", 1, 1, 4)], Model.Int8("t", 1, 2, 4), 48);
        AssertMaps("DynamicUpdateSlice x x i -> u", BuiltinOperator.DYNAMIC_UPDATE_SLICE, [x, x, i],
            Model.Int8("u", 2, 3, 4), 117);
    }

    [Fact]
    public void Stretched_reversed_and_mirrored()
    {
        int x = Model.Int8("x", 2, 3);
        int shape = Model.Tensor("shape", TfliteType.Int32, [2]);

        AssertMaps("BroadcastTo x -> y", BuiltinOperator.BROADCAST_TO, [x, Model.Ints("to", 4, 2, 3)],
            Model.Int8("y", 4, 2, 3), 104);
        AssertMaps("BroadcastArgs shape shape -> a", BuiltinOperator.BROADCAST_ARGS, [shape, shape],
            Model.Tensor("a", TfliteType.Int32, [2]), 0);
        AssertMaps("ReverseV2 x -> r axes=0,1", BuiltinOperator.REVERSE_V2, [x, Model.Ints("axes", -1, 0, 1)],
            Model.Int8("r", 2, 3), 81);
        AssertRefuses("along no axis", BuiltinOperator.REVERSE_V2, [x, Model.Ints("none", [0], [])],
            Model.Int8("o", 2, 3), 81);
        int paddings = Model.Ints("pads", [2, 2], 1, 0, 2, 1);
        AssertMaps("MirrorPad x -> m paddings=1,0,2,1 symmetric=true", BuiltinOperator.MIRROR_PAD, [x, paddings],
            Model.Int8("m", 3, 6), 77, (0, (byte)1));
        AssertRefuses("mode 2 is unknown", BuiltinOperator.MIRROR_PAD, [x, paddings], Model.Int8("q", 3, 6), 77,
            (0, (byte)2));
    }

    [Fact]
    public void Slices_and_resizes()
    {
        int x = Model.Int8("x", 4, 5);

        AssertMaps("Slice x -> y begin=1,2 size=2,3", BuiltinOperator.SLICE,
            [x, Model.Ints("begin", 1, 2), Model.Longs("size", [2], 2, -1)], Model.Int8("y", 2, 3), 48);
        AssertMaps("ResizeNearestNeighbor i -> r align_corners=true",
            BuiltinOperator.RESIZE_NEAREST_NEIGHBOR, [Model.Int8("i", 1, 2, 2, 1), Model.Ints("size", 4, 6)],
            Model.Int8("r", 1, 4, 6, 1), 74, (0, true));
    }

    [Fact]
    public void Bilinear_resizes_have_their_flags_behind_two_old_options() => AssertMaps(
        "ResizeBilinear i -> r half_pixel_centers=true",
        BuiltinOperator.RESIZE_BILINEAR, [Model.Int8("i", 1, 2, 2, 1), Model.Ints("size", 4, 6)],
        Model.Int8("r", 1, 4, 6, 1), 15, (3, true));

    [Fact]
    public void Blocks()
    {
        int x = Model.Int8("x", 1, 4, 6, 1);
        int steps = Model.Ints("steps", 2, 3);
        int margins = Model.Ints("margins", [2, 2], 1, 1, 0, 3);

        AssertMaps("SpaceToDepth x -> d block_size=2", BuiltinOperator.SPACE_TO_DEPTH, [x],
            Model.Int8("d", 1, 2, 3, 4),
            19, (0, 2));
        AssertMaps("DepthToSpace x -> s block_size=3", BuiltinOperator.DEPTH_TO_SPACE, [x], Model.Int8("s", 1), 94,
            (0, 3));
        AssertMaps("SpaceToBatchNd x -> b block=2,3 paddings=1,1,0,3",
            BuiltinOperator.SPACE_TO_BATCH_ND, [x, steps, margins], Model.Int8("b", 6, 3, 3, 1), 25);
        AssertMaps("BatchToSpaceNd x -> w block=2,3 crops=1,1,0,3",
            BuiltinOperator.BATCH_TO_SPACE_ND, [x, steps, margins], Model.Int8("w", 1), 24);
    }
}

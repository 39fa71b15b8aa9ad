using System.Collections.Immutable;
using CsCheck;

namespace TinyQuant.Model.Tests.Operators;

/// <summary>What the operators that copy elements refuse.</summary>
public class MovementTests
{
    private static readonly Tensor s_x = Int8("x", 2, 3);
    private static readonly Tensor s_y = Int8("y", 2, 3);

    [Fact]
    public void All_tensors_have_one_type_scale_and_zero_point()
    {
        Assert.Equal(
            ["'y' is float32; expected int8, as 'x' is",
                "'y' (no scale) and 'x' (scale 0.5, zero point 0) are quantized differently; expected one scale and "
                    + "zero point"],
            new Reshape(s_x, Graphs.Tensor("y", TensorType.Float32, [6])).Validate());
        Tensor other = Graphs.Tensor("b", TensorType.Int8, [2, 3], quantization: new(0.25f, 0));
        Assert.Equal(
            ["'b' (scale 0.25, zero point 0) and 'a' (scale 0.5, zero point 0) are quantized differently; expected "
                + "one scale and zero point"],
            new Concatenation([Int8("a", 2, 3), other], Int8("y", 4, 3), 0).Validate());
        Tensor value = Graphs.Tensor("v", TensorType.Int8, [1], constant: true, new(0.5f, 3));
        Assert.Equal(
            ["'v' (scale 0.5, zero point 3) and 'x' (scale 0.5, zero point 0) are quantized differently; expected "
                + "one scale and zero point"],
            new PadV2(s_x, value, s_y, [0, 0, 0, 0]).Validate());
        Assert.Empty(
            new Reshape(Graphs.Tensor("x", TensorType.Int32, [6]), Graphs.Tensor("y", TensorType.Int32, [2, 3]))
                .Validate());
    }

    [Fact]
    public void Shapes_that_are_no_other_shape()
    {
        Assert.Equal(
            ["'y' [7] has 7 elements; expected 6, as 'x' [2,3] has"], new Reshape(s_x, Int8("y", 7)).Validate());
        Assert.Equal(["'y' has shape [3,2]; expected that of 'x', [2,3], without some dimensions of size 1"],
            new Squeeze(s_x, Int8("y", 3, 2)).Validate());
        Assert.Equal(["'y' has shape [1,2,3]; expected that of 'x', [2,3], without some dimensions of size 1"],
            new Squeeze(s_x, Int8("y", 1, 2, 3)).Validate());
        Assert.Equal(["'y' has shape [6]; expected that of 'x', [2,3], with more dimensions of size 1"],
            new ExpandDims(s_x, Int8("y", 6)).Validate());
        Assert.Empty(new ExpandDims(s_x, Int8("y", 2, 1, 3)).Validate());
    }

    [Fact]
    public void Permutations_that_are_none()
    {
        Assert.Equal(["perm=0,0 is no order of the 2 dimensions of 'x' [2,3]; expected each of them once"],
            new Transpose(s_x, s_y, [0, 0]).Validate());
        Assert.Equal(["perm=0 is no order of the 2 dimensions of 'x' [2,3]; expected each of them once"],
            new Transpose(s_x, s_y, [0]).Validate());
        Assert.Equal(["'y' has shape [2,3]; expected [3,2]"], new Transpose(s_x, s_y, [1, 0]).Validate());
    }

    [Theory]
    [InlineData(new[] { 0 }, new[] { 2 }, new[] { 1 },
        "begin, size or strides do not have a value for each dimension of 'x' [2,3]")]
    [InlineData(new[] { 0, 0 }, new[] { 2, 4 }, new[] { 1, 1 },
        "4 indexes from 0 in steps of 1 are not in dimension 1 of 'x' [2,3]")]
    [InlineData(new[] { 2, 0 }, new[] { 1, 3 }, new[] { 1, 1 },
        "1 indexes from 2 in steps of 1 are not in dimension 0 of 'x' [2,3]")]
    [InlineData(new[] { 0, 1 }, new[] { 2, 3 }, new[] { 1, -1 },
        "3 indexes from 1 in steps of -1 are not in dimension 1 of 'x' [2,3]")]
    [InlineData(new[] { 0, 0 }, new[] { 2, 3 }, new[] { 1, 0 },
        "3 indexes from 0 in steps of 0 are not in dimension 1 of 'x' [2,3]")]
    [InlineData(new[] { 0, 0 }, new[] { 2, int.MaxValue }, new[] { 1, int.MaxValue },
        "2147483647 indexes from 0 in steps of 2147483647 are not in dimension 1 of 'x' [2,3]")]
    [InlineData(new[] { 0, 0 }, new[] { 2, 2 }, new[] { 1, 2 },
        "'y' [2,3] has 6 elements; expected 4, which are taken")]
    public void Ranges_that_are_not_in_the_input(int[] begin, int[] size, int[] strides, string message) =>
        Assert.Equal([message], new StridedSlice(s_x, s_y, [.. begin], [.. size], [.. strides]).Validate());

    [Fact]
    public void A_slice_has_the_shape_of_its_size() =>
        Assert.Equal(["'y' has shape [2,3]; expected [1,2]"], new Slice(s_x, s_y, [1, 1], [1, 2]).Validate());

    [Fact]
    public void Paddings_that_do_not_fit()
    {
        Assert.Equal(["'paddings' has 2 values; expected 4, two for each dimension of 'x' [2,3], each 0 or more"],
            new Pad(s_x, s_y, [0, 0]).Validate());
        Assert.Equal(
            ["'y' has shape [2,3]; expected [2,2147483650]"], new Pad(s_x, s_y, [0, 0, int.MaxValue, 0]).Validate());
        Assert.Equal(["'v' [2] has not one element; expected the one to pad with"],
            new PadV2(s_x, Graphs.Tensor("v", TensorType.Int8, [2], constant: true), s_y, [0, 0, 0, 0]).Validate());
        Assert.Empty(new PadV2(s_x, Int8("v", 1), s_y, [0, 0, 0, 0]).Validate());
    }

    [Fact]
    public void Joined_int16_codes_of_zero_point_0_may_have_other_scales()
    {
        Tensor a = Int16("a", 1, 0), b = Int16("b", 0.5f, 0), c = Int16("c", 0.5f, 7);
        var y = new Tensor("y", TensorType.Int16, [6], new(2, 0));
        Assert.Empty(new Concatenation([a, b], y, 0).Validate());
        Assert.Equal(
            [
                "'c' (scale 0.5, zero point 7) and 'a' (scale 1, zero point 0) are quantized differently; expected one "
                    + "scale and zero point",
                "'y' (scale 2, zero point 0) and 'a' (scale 1, zero point 0) are quantized differently; expected one "
                    + "scale and zero point",
            ],
            new Concatenation([a, c], y, 0).Validate());

        static Tensor Int16(string name, float scale, int zeroPoint) =>
            Graphs.Tensor(name, TensorType.Int16, [3], quantization: new(scale, zeroPoint));
    }

    [Fact]
    public void Joins_that_do_not_fit()
    {
        Assert.Equal(["axis 2 is none of 'y' [2,3]"], new Concatenation([s_x], s_y, 2).Validate());
        Assert.Equal(["input 'x' [2,3] and output 'y' [4,4] differ in another dimension than 0"],
            new Concatenation([s_x], Int8("y", 4, 4), 0).Validate());
        Assert.Equal(["'y' has size 2 in dimension 0; expected 4, the sum of the inputs' sizes"],
            new Concatenation([s_x, s_x], s_y, 0).Validate());
        Assert.Equal(["activation relu is not supported after a concatenation; expected none"],
            new Concatenation([s_x], s_y, 0, Activation.Relu).Validate());
        Assert.Equal(["'y' has size 3 in dimension 0; expected 2, the number of inputs"],
            new Pack([s_x, s_x], Int8("y", 3, 2, 3), 0).Validate());
        Assert.Equal(["'x' has shape [2,3]; expected [2,4]"], new Pack([s_x], Int8("y", 1, 2, 4), 0).Validate());
    }

    [Fact]
    public void Partitions_that_do_not_fit()
    {
        Assert.Equal(["axis 2 is none of 'x' [2,3]"], new Split(s_x, [s_y], 2).Validate());
        Assert.Equal(
            ["dimension 1 of 'x' [2,3] cannot be split into 2 equal parts"], new Split(s_x, [s_y, s_y], 1).Validate());
        Assert.Equal(["'y' has shape [2,3]; expected [1,3]"], new Split(s_x, [s_y, Int8("z", 1, 3)], 0).Validate());
        Assert.Equal(["output 'y' [1,2] and input 'x' [2,3] differ in another dimension than 0"],
            new SplitV(s_x, [Int8("y", 1, 2)], 0).Validate());
        Assert.Equal(["the outputs have 4 in dimension 0 together; expected 2, as 'x' [2,3] has"],
            new SplitV(s_x, [s_y, s_y], 0).Validate());
        Assert.Equal(["there are 1 outputs; expected 3, the size of dimension 1 of 'x' [2,3]"],
            new Unpack(s_x, [Int8("y", 2)], 1).Validate());
        Assert.Equal(["'y' has shape [3]; expected [2]"],
            new Unpack(s_x, [Int8("y", 3), Int8("a", 2), Int8("b", 2)], 1).Validate());
    }

    [Fact]
    public void A_resized_image_keeps_batches_and_channels()
    {
        Assert.Equal(["'x' has shape [2,3]; expected 4 dimensions", "'y' has shape [2,3]; expected 4 dimensions"],
            new ResizeNearestNeighbor(s_x, s_y).Validate());
        Assert.Equal(["'y' has shape [1,9,9,4]; expected [1,9,9,3]"],
            new ResizeNearestNeighbor(Int8("x", 1, 2, 2, 3), Int8("y", 1, 9, 9, 4)).Validate());
    }

    [Fact]
    public void Mixed_images_that_do_not_fit()
    {
        Tensor image = Int8("x", 1, 7, 7, 3);
        Assert.Empty(new ResizeBilinear(image, Int8("y", 1, 9, 4, 3)).Validate());
        Assert.Equal(["'x' has shape [2,3]; expected 4 dimensions", "'y' has shape [2,3]; expected 4 dimensions"],
            new ResizeBilinear(s_x, s_y).Validate());
        Assert.Equal(["'y' has shape [1,9,9,4]; expected [1,9,9,3]"],
            new ResizeBilinear(image, Int8("y", 1, 9, 9, 4)).Validate());
        Assert.Equal(["align_corners and half_pixel_centers exclude each other"],
            new ResizeBilinear(image, Int8("y", 1, 9, 9, 3), true, true).Validate());
        Assert.Equal(
            ["7 rows or columns of 'x' become 300, so many that a step rounded to 1/1024 leads beyond the last one, "
                + "in TensorFlow Lite too"],
            new ResizeBilinear(image, Int8("y", 1, 300, 9, 3)).Validate());
        Assert.Empty(
            new ResizeBilinear(Graphs.Tensor("x", TensorType.Float32, [1, 7, 7, 3]),
                Graphs.Tensor("y", TensorType.Float32, [1, 300, 9, 3])).Validate());
        Assert.Equal(["'x' is int32; expected float32 or int8"], new ResizeBilinear(
            Graphs.Tensor("x", TensorType.Int32, [1, 7, 7, 3]),
            Graphs.Tensor("y", TensorType.Int32, [1, 7, 7, 3])).Validate());
    }

    [Fact]
    public void Blocks_that_do_not_fit()
    {
        Tensor space = Int8("x", 1, 4, 6, 2);
        Assert.Empty(new SpaceToDepth(space, Int8("y", 1, 2, 3, 8), 2).Validate());
        Assert.Empty(new DepthToSpace(Int8("y", 1, 2, 3, 8), space, 2).Validate());
        Assert.Equal(["block_size is 0; expected 1 to 4096"], new DepthToSpace(space, space, 0).Validate());
        string depth = "'x' [1,4,6,2] in blocks of 3 x 3 does not have the pixels and channels of 'y' [1,2,3,8]";
        Assert.Equal([depth], new SpaceToDepth(space, Int8("y", 1, 2, 3, 8), 3).Validate());
        Assert.Equal([depth], new DepthToSpace(Int8("y", 1, 2, 3, 8), space, 3).Validate());

        Assert.Empty(new SpaceToBatchNd(space, Int8("y", 6, 3, 3, 2), [2, 3], [2, 0, 1, 2]).Validate());
        Assert.Empty(new BatchToSpaceNd(Int8("y", 6, 3, 3, 2), space, [2, 3], [2, 0, 1, 2]).Validate());
        Assert.Empty(new SpaceToBatchNd(Int8("x", 2, 5, 3), Int8("y", 4, 3, 3), [2], [0, 1]).Validate());
        Assert.Equal(["'x' [1,4,6,2] with crops=[0,0,1,2], in steps of [2,3], is not 'y' [6,3,3,2]"],
            new BatchToSpaceNd(Int8("y", 6, 3, 3, 2), space, [2, 3], [0, 0, 1, 2]).Validate());
        Assert.Equal(
            ["block=[2] and paddings=[0] are not supported; expected one or two steps from 1 to 4096, and two "
                + "numbers of 0 or more for each"],
            new SpaceToBatchNd(space, space, [2], [0]).Validate());
    }

    [Fact]
    public void What_moves_nothing_is_an_alias()
    {
        Tensor line = Int8("x", 1, 5, 1);
        Assert.True(new Transpose(line, Int8("y", 5, 1, 1), [1, 0, 2]).IsAlias);
        Assert.False(new Transpose(s_x, Int8("y", 3, 2), [1, 0]).IsAlias);
        Assert.True(new Slice(s_x, s_y, [0, 0], [2, 3]).IsAlias);
        Assert.False(new StridedSlice(s_x, s_y, [1, 0], [2, 3], [-1, 1]).IsAlias);
        Assert.True(new StridedSlice(line, Int8("y", 5), [0, 0, 0], [1, 5, 1], [-1, 1, 7]).IsAlias);
        Assert.False(new Slice(s_x, Int8("y", 1, 3), [0, 0], [1, 3]).IsAlias);
        Assert.True(new Pad(s_x, s_y, [0, 0, 0, 0]).IsAlias);
        Assert.False(new Pad(s_x, Int8("y", 2, 4), [0, 0, 0, 1]).IsAlias);
        Assert.True(new Concatenation([s_x], s_y, 0).IsAlias);
        Assert.False(new Unpack(s_x, [Int8("y", 3), Int8("z", 3)], 0).IsAlias);
    }

    [Fact]
    public void Whatever_the_tensors_validation_answers()
    {
        Gen<Tensor> tensor = Gen.Select(Gen.Enum<TensorType>(), Gen.Int[0, 4].Array[0, 4],
            Gen.OneOfConst(null, new Quantization(0.5f, 0), new([1f, 2f], 0, 1)))
            .Select((type, shape, quantization) => new Tensor("t", type, [.. shape], quantization));
        Gen<ImmutableArray<int>> numbers = Gen.OneOf(Gen.Int[-1, 4], Gen.OneOfConst(int.MinValue, int.MaxValue)).Array[
            0, 8].Select(a => a.ToImmutableArray());
        Gen.Select(tensor, tensor, tensor, numbers, numbers, numbers, Gen.Int[-1, 5]).Sample((x, y, z, a, b, c, axis) =>
        {
            foreach (Operator op in (Operator[])
                [new Reshape(x, y), new Squeeze(x, y), new ExpandDims(x, y), new Transpose(x, y, a),
                    new Slice(x, y, a, b), new StridedSlice(x, y, a, b, c),
                 new Pad(x, y, a), new PadV2(x, z, y, a), new Concatenation([x, z], y, axis), new Pack([x, z], y, axis),
                 new Split(x, [y, z], axis),
                 new SplitV(x, [y, z], axis), new Unpack(x, [y, z], axis), new ResizeNearestNeighbor(x, y),
                 new ResizeBilinear(x, y, halfPixelCenters: axis > 2), new SpaceToDepth(x, y, axis),
                 new DepthToSpace(x, y, axis),
                 new SpaceToBatchNd(x, y, a, b), new BatchToSpaceNd(x, y, a, b)])
            {
                Assert.All(op.Validate(), Assert.NotEmpty);
            }
        }, iter: 5_000);
    }

    private static Tensor Int8(string name, params int[] shape) => Graphs.Tensor(name, TensorType.Int8, shape);
}

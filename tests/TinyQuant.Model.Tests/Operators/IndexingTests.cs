using System.Runtime.InteropServices;
using CsCheck;

namespace TinyQuant.Model.Tests.Operators;

/// <summary>What operators refuse that take elements by their indexes, or stretch and mirror them.</summary>
public class IndexingTests
{
    private static readonly Tensor s_x = Int8("x", 2, 3);

    [Theory]
    [InlineData(0, 0, new[] { 4 }, new[] { 4, 3 }, null)]
    [InlineData(1, 0, new int[0], new[] { 2 }, null)]
    [InlineData(1, 1, new[] { 2, 5 }, new[] { 2, 5 }, null)]
    [InlineData(1, 1, new[] { 3, 5 }, new[] { 2, 5 },
        "axis 1 and 1 batch dimensions do not fit 'x' [2,3] and 'i' [3,5]; expected an axis of the first behind the "
            + "batches, which both have")]
    [InlineData(2, 0, new[] { 4 }, new[] { 2, 4 },
        "axis 2 and 0 batch dimensions do not fit 'x' [2,3] and 'i' [4]; expected an axis of the first behind the "
            + "batches, which both have")]
    [InlineData(0, 0, new[] { 4 }, new[] { 4, 2 }, "'y' has shape [4,2]; expected [4,3]")]
    public void Gather(int axis, int batchDims, int[] indexes, int[] output, string? message) => AssertError(
        message, new Gather(s_x, Indexes("i", indexes), Int8("y", output), axis, batchDims));

    [Theory]
    [InlineData(new[] { 5, 2 }, new[] { 5 }, null)]
    [InlineData(new[] { 1 }, new[] { 3 }, null)]
    [InlineData(new[] { 5, 3 }, new[] { 5 },
        "'i' [5,3] has 3 indexes in a row; expected 1 to 2, the dimensions of 'x' [2,3]")]
    [InlineData(new int[0], new[] { 3 },
        "'i' [] has 0 indexes in a row; expected 1 to 2, the dimensions of 'x' [2,3]")]
    [InlineData(new[] { 5, 1 }, new[] { 5 }, "'y' has shape [5]; expected [5,3]")]
    public void GatherNd(int[] indexes, int[] output, string? message) =>
        AssertError(message, new GatherNd(s_x, Indexes("i", indexes), Int8("y", output)));

    [Fact]
    public void Lookups()
    {
        Tensor ids = Indexes("i", 4);
        Tensor real = Graphs.Tensor("r", TensorType.Float32, [4, 3]);
        Assert.Empty(new EmbeddingLookup(ids, s_x, Int8("y", 4, 3)).Validate());
        Assert.Empty(new EmbeddingLookup(ids, s_x, real).Validate());
        AssertError("'y' has shape [4,2]; expected [4,3]", new EmbeddingLookup(ids, s_x, Int8("y", 4, 2)));
        AssertError("'i' is int64; expected int32",
            new EmbeddingLookup(Graphs.Tensor("i", TensorType.Int64, [4]), s_x, real));
        AssertError("'i' has shape [2,2]; expected 1 dimensions", new EmbeddingLookup(Indexes("i", 2, 2), s_x, real));
        AssertError("'x' has shape [6]; expected 2 dimensions or more", new EmbeddingLookup(ids, Int8("x", 6), real));
        AssertError("'x' has zero point 3; expected 0 where codes become float32",
            new EmbeddingLookup(ids, new Tensor("x", TensorType.Int8, [2, 3], new Quantization(0.5f, 3)), real));
        AssertError("int8 tensor 'x' has no scale",
            new EmbeddingLookup(ids, new Tensor("x", TensorType.Int8, [2, 3]), real));
    }

    /// <summary>Indexes that are computed are moved into the range; a constant is a mistake.</summary>
    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, "element 1 of 'i' is index 2; expected one from 0 to 1")]
    [InlineData(-1, "element 1 of 'i' is index -1; expected one from 0 to 1")]
    public void Constant_indexes_are_there(int index, string? message)
    {
        Tensor ints = new("i", TensorType.Int32, [2], data: [.. MemoryMarshal.AsBytes<int>(new[] { 0, index })]);
        Tensor longs = new("i", TensorType.Int64, [2, 1], data: [.. MemoryMarshal.AsBytes<long>(new[] { 0L, index })]);
        AssertError(message, new Gather(s_x, ints, Int8("y", 2, 3), 0));
        AssertError(message, new GatherNd(s_x, longs, Int8("y", 2, 3)));
        AssertError(message, new EmbeddingLookup(ints, s_x, Int8("y", 2, 3)));
    }

    [Fact]
    public void Parts_of_a_tensor()
    {
        Tensor begin = Indexes("b", 2);
        Assert.Empty(new DynamicSlice(s_x, begin, Int8("y", 1, 3)).Validate());
        Assert.Empty(new DynamicUpdateSlice(s_x, Int8("u", 2, 1), begin, Int8("y", 2, 3)).Validate());
        const string noPart =
            " is no part of 'x' [2,3]; expected as many dimensions, one at least, none of them larger";
        AssertError("'y' [3,3]" + noPart, new DynamicSlice(s_x, begin, Int8("y", 3, 3)));
        AssertError("'u' [3]" + noPart, new DynamicUpdateSlice(s_x, Int8("u", 3), begin, Int8("y", 2, 3)));
        AssertError("'b' has shape [3]; expected [2]", new DynamicSlice(s_x, Indexes("b", 3), Int8("y", 1, 3)));
        AssertError("'y' has shape [2,1]; expected [2,3]",
            new DynamicUpdateSlice(s_x, Int8("u", 2, 1), begin, Int8("y", 2, 1)));
        AssertError("'b' is int8; expected int32 or int64", new DynamicSlice(s_x, Int8("b", 2), Int8("y", 1, 3)));
    }

    [Fact]
    public void Stretched_shapes()
    {
        Assert.Empty(new BroadcastTo(s_x, Int8("y", 4, 2, 3)).Validate());
        Assert.Empty(new BroadcastTo(Int8("x", 2, 1), Int8("y", 2, 3)).Validate());
        Assert.True(new BroadcastTo(s_x, Int8("y", 1, 2, 3)).IsAlias);
        AssertError("'x' [2,3] cannot be stretched to 'y' [3]", new BroadcastTo(s_x, Int8("y", 3)));
        AssertError("'x' [2,3] cannot be stretched to 'y' [4,3]", new BroadcastTo(s_x, Int8("y", 4, 3)));
        Assert.Empty(new BroadcastArgs(Indexes("a", 2), Indexes("b", 3), Indexes("y", 3)).Validate());
        AssertError("'y' has shape [2]; expected [3]",
            new BroadcastArgs(Indexes("a", 2), Indexes("b", 3), Indexes("y", 2)));
        AssertError("'a' has shape [1,2]; expected 1 dimensions",
            new BroadcastArgs(Indexes("a", 1, 2), Indexes("b", 3), Indexes("y", 3)));
        AssertError("'b' is int8; expected int32, as 'a' is",
            new BroadcastArgs(Indexes("a", 2), Int8("b", 3), Indexes("y", 3)));
    }

    [Fact]
    public void Mirrors()
    {
        Assert.Empty(new MirrorPad(s_x, Int8("y", 4, 7), [1, 1, 2, 2]).Validate());
        Assert.Empty(new MirrorPad(s_x, Int8("y", 6, 9), [2, 2, 3, 3], isSymmetric: true).Validate());
        AssertError("paddings=[2,0,0,0] do not fit 'x' [2,3]; expected two for each dimension, none more than its size "
            + "less 1", new MirrorPad(s_x, Int8("y", 4, 3), [2, 0, 0, 0]));
        AssertError("paddings=[0,0,0,4] do not fit 'x' [2,3]; expected two for each dimension, none more than its size",
            new MirrorPad(s_x, Int8("y", 2, 7), [0, 0, 0, 4], isSymmetric: true));
        AssertError("'y' has shape [2,3]; expected [3,3]", new MirrorPad(s_x, Int8("y", 2, 3), [1, 0, 0, 0]));
        Assert.Empty(new ReverseV2(s_x, Int8("y", 2, 3), [0, 1]).Validate());
        AssertError("axes=1,1 are none of 'x' [2,3]; expected dimensions of it, ascending, each once",
            new ReverseV2(s_x, Int8("y", 2, 3), [1, 1]));
        AssertError("'y' has shape [3,2]; expected [2,3]", new ReverseV2(s_x, Int8("y", 3, 2), [0]));
        Assert.True(new ReverseV2(Int8("x", 1, 3), Int8("y", 1, 3), [0]).IsAlias);
    }

    [Fact]
    public void Whatever_the_tensors_validation_answers()
    {
        Gen<Tensor> tensor = Gen.Select(Gen.Enum<TensorType>(), Gen.Int[1, 4].Array[0, 4], Gen.Bool,
            Gen.OneOfConst(null, new Quantization(0.5f, 0), new([1f, 2f], 0, 1)))
            .Select((type, shape, constant, quantization) => new Tensor("t", type, [.. shape], quantization,
                constant ? [.. new byte[shape.Aggregate(8, (product, size) => product * size)]] : null));
        Gen<int[]> numbers = Gen.OneOf(Gen.Int[-1, 4], Gen.OneOfConst(int.MinValue, int.MaxValue)).Array[0, 8];
        Gen.Select(tensor, tensor, tensor, tensor, numbers, Gen.Int[-1, 5]).Sample((x, i, u, y, numbers, axis) =>
        {
            foreach (Operator op in (Operator[])
                [new Gather(x, i, y, axis, axis - 1), new GatherNd(x, i, y), new EmbeddingLookup(i, x, y),
                    new DynamicSlice(x, i, y), new DynamicUpdateSlice(x, u, i, y), new BroadcastTo(x, y),
                    new BroadcastArgs(x, i, y), new MirrorPad(x, y, [.. numbers], axis > 2),
                    new ReverseV2(x, y, [.. numbers])])
            {
                Assert.All(op.Validate(), Assert.NotEmpty);
            }
        }, iter: 5_000);
    }

    private static void AssertError(string? message, Operator op) =>
        Assert.Equal(message is null ? [] : [message], op.Validate());

    private static Tensor Int8(string name, params int[] shape) => Graphs.Tensor(name, TensorType.Int8, shape);

    private static Tensor Indexes(string name, params int[] shape) => Graphs.Tensor(name, TensorType.Int32, shape);
}

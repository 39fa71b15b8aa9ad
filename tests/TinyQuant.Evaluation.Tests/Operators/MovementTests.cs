using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Operators that copy elements, of every type, against plain loops over indexes.</summary>
[Trait("Units", "alike")] // nothing in it is computed in vectors
public sealed class MovementTests
{
    private static readonly int[][] s_shapes = [[7], [1], [3, 5], [1, 40], [2, 3, 4], [4, 1, 6], [2, 5, 3, 4],
        [1, 6, 6, 8], [2, 1, 3, 2, 2], [2, 1, 2, 1, 3, 2, 1, 2]];

    /// <summary>Of unsigned integers one size: copies know no sign.</summary>
    public static TheoryData<TensorType> Types { get; } = new(
        TensorTypes.Computing.Where(t => t is not (TensorType.UInt32 or TensorType.UInt64)));

    [Theory]
    [MemberData(nameof(Types))]
    public void Transpose(TensorType type) =>
        Check(type, seed: 1, (maker, shape) => [maker.Transpose(shape), maker.Transpose(shape)]);

    [Theory]
    [MemberData(nameof(Types))]
    public void Slices(TensorType type) => Check(type, seed: 2, (maker, shape) =>
        [maker.Slice(shape), maker.StridedSlice(shape), maker.StridedSlice(shape), maker.StridedSlice(shape)]);

    /// <summary>All of them: a padding is a literal of its type.</summary>
    public static TheoryData<TensorType> AllTypes { get; } = new(TensorTypes.Computing);

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Pads(TensorType type) =>
        Check(type, seed: 3, (maker, shape) => [maker.Pad(hasValue: false, shape), maker.Pad(hasValue: true, shape)]);

    [Theory]
    [MemberData(nameof(Types))]
    public void Joins(TensorType type) => Check(type, seed: 4, (maker, shape) =>
        [maker.Concatenation(0, 3, shape), maker.Concatenation(shape.Length - 1, 2, shape),
            maker.Concatenation(shape.Length / 2, 1, shape),
         .. shape.Length == 8
             ? Array.Empty<Movement>()
             : [maker.Pack(0, 2, shape), maker.Pack(shape.Length, 3, shape), maker.Pack(shape.Length / 2, 1, shape)]]);

    [Theory]
    [MemberData(nameof(Types))]
    public void Partitions(TensorType type) => Check(type, seed: 5, (maker, shape) =>
        [maker.Split(0, 2, shape), maker.Split(shape.Length - 1, 3, shape), maker.SplitV(shape.Length / 2, 3, shape),
            maker.SplitV(0, 1, shape),
         maker.Unpack(0, shape), maker.Unpack(shape.Length - 1, shape)]);

    [Theory]
    [InlineData(TensorType.Int8)]
    [InlineData(TensorType.UInt8)]
    [InlineData(TensorType.Float32)]
    public void Blocks(TensorType type)
    {
        var sheet = new OperatorSheet(seed: 7);
        var maker = new MovementMaker(sheet, type);
        foreach ((int block, int[] shape) in new (int, int[])[] { (1, [1, 2, 3, 2]), (2, [2, 3, 1, 3]),
            (3, [1, 2, 2, 1]), (4, [1, 1, 1, 5]) })
        {
            Add(sheet, maker.SpaceToDepth(block, shape));
            Add(sheet, maker.DepthToSpace(block, shape));
        }

        for (int i = 0; i < 20; i++)
        {
            Add(sheet, maker.BatchChange(toBatch: i % 2 == 0, dimensions: 1 + (i / 2 % 2)));
        }

        sheet.Check(Rounding.Double, runs: 3);
    }

    [Theory]
    [InlineData(TensorType.Int8)]
    [InlineData(TensorType.Float32)]
    public void ResizeNearestNeighbor(TensorType type)
    {
        var sheet = new OperatorSheet(seed: 6);
        var maker = new MovementMaker(sheet, type);
        (int Height, int Width)[] sizes = [(1, 1), (5, 3), (7, 11), (10, 6), (13, 4), (49, 98), (3, 1)];
        for (int i = 0; i < sizes.Length * 4; i++)
        {
            (int height, int width) = sizes[i % sizes.Length];
            int[] shape = [
                sheet.Random.Next(1, 3), sheet.Random.Next(1, 12), sheet.Random.Next(1, 12), sheet.Random.Next(1, 5)];
            Add(sheet,
                maker.Resize(
                    shape, height, width, alignCorners: i % 2 == 0, halfPixelCenters: i / sizes.Length % 2 == 0));
        }

        sheet.Check(Rounding.Double, runs: 3);
    }

    [Theory]
    [InlineData(TensorType.Int8)]
    [InlineData(TensorType.Float32)]
    public void Shapes_change_between_spans_of_the_callers(TensorType type)
    {
        var sheet = new OperatorSheet(seed: 7);
        var maker = new MovementMaker(sheet, type);
        Add(sheet, new Reshape(maker.Input(2, 6), maker.Output(3, 4)));
        Add(sheet, new Reshape(maker.Constant(3, 2), maker.Output(6)));
        Add(sheet, new Squeeze(maker.Input(1, 5, 1), maker.Output(5)));
        Add(sheet, new ExpandDims(maker.Input(5), maker.Output(5, 1)));
        Tensor twice = maker.Input(4);
        Add(sheet, new Reshape(twice, maker.Output(2, 2)));
        Add(sheet, new Reshape(twice, maker.Output(4, 1)));
        sheet.Check(Rounding.Double, runs: 3);
    }

    /// <summary>A chain of shapes is one memory: the arena holds it, and what the transpositions turn.</summary>
    [Fact]
    public void Shapes_change_in_place()
    {
        var sheet = new OperatorSheet(seed: 8);
        var maker = new MovementMaker(sheet, TensorType.Int8);
        Tensor turned = maker.Hidden(8, 32);
        Tensor flat = maker.Hidden(1, 256);
        Tensor squeezed = maker.Hidden(256);
        Tensor unmoved = maker.Hidden(1, 256, 1);
        Tensor whole = maker.Hidden(256, 1);
        Add(sheet, new Transpose(maker.Input(32, 8), turned, [1, 0]));
        Add(sheet, new Reshape(turned, flat));
        Add(sheet, new Squeeze(flat, squeezed));
        Add(sheet, new ExpandDims(squeezed, unmoved));
        Tensor moved = maker.Hidden(256, 1, 1);
        Add(sheet, new Transpose(unmoved, moved, [1, 0, 2]));
        Add(sheet, new StridedSlice(moved, whole, [0, 0, 0], [256, 1, 1], [1, 2, 1]));
        Add(sheet, new StridedSlice(whole, maker.Output(256), [255, 0], [256, 1], [-1, 1]));
        Assert.InRange(sheet.Check(Rounding.Double, runs: 3), 256, 256 + 63);
    }

    private static void Check(TensorType type, int seed, Func<MovementMaker, int[], Movement[]> operators)
    {
        var sheet = new OperatorSheet(seed);
        var maker = new MovementMaker(sheet, type);
        foreach (int[] shape in s_shapes)
        {
            foreach (Movement op in operators(maker, shape))
            {
                Add(sheet, op);
            }
        }

        sheet.Check(Rounding.Double, runs: 3);
    }

    private static void Add(OperatorSheet sheet, Movement op) => sheet.Add(op, inputs => PlainMovement.Run(op, inputs));
}

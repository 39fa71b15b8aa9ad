using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Random convolutions, several in a model, against the plain loops.</summary>
[SmallestModel("Conv2D x S[1,6,7,4] w Q[6,2,2,2]c b W[6]c -> y S[1,5,6,6]")]
[SmallestModel("Conv2D x T[1,6,7,4] w T[6,2,2,2]c b B[6]c -> y T[1,5,6,6]")]
[SmallestModel("DepthwiseConv2D x S[1,6,7,3] w Q[1,2,2,3]c b W[3]c -> y S[1,5,6,3]")]
[SmallestModel("TransposeConv x S[1,2,3,2] w Q[5,2,2,2]c b W[5]c -> y S[1,4,6,5] stride=2,2")]
public sealed class ConvolutionTests
{
    private const int Seeds = 5;
    private const int OperatorsInAModel = 5;
    private const int Runs = 10;

    public static TheoryData<Rounding, int> RoundingsAndSeeds
    {
        get
        {
            var data = new TheoryData<Rounding, int>();
            foreach (Rounding rounding in Enum.GetValues<Rounding>())
            {
                for (int seed = 1; seed <= Seeds; seed++)
                {
                    data.Add(rounding, seed);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(RoundingsAndSeeds))]
    public void Conv2D_int8(Rounding rounding, int seed) => Check(rounding, seed, TensorType.Int8, Conv2D);

    [Theory]
    [MemberData(nameof(RoundingsAndSeeds))]
    public void DepthwiseConv2D_int8(Rounding rounding, int seed) =>
        Check(rounding, seed + 100, TensorType.Int8, DepthwiseConv2D);

    [Theory]
    [MemberData(nameof(RoundingsAndSeeds))]
    public void TransposeConv_int8(Rounding rounding, int seed) =>
        Check(rounding, seed + 200, TensorType.Int8, TransposeConv);

    [Theory]
    [MemberData(nameof(RoundingsAndSeeds))]
    public void Conv2D_int16(Rounding rounding, int seed) => Check(rounding, seed + 300, TensorType.Int16, Conv2D);

    [Theory]
    [MemberData(nameof(RoundingsAndSeeds))]
    public void DepthwiseConv2D_int16(Rounding rounding, int seed) =>
        Check(rounding, seed + 400, TensorType.Int16, DepthwiseConv2D);

    [Theory]
    [MemberData(nameof(RoundingsAndSeeds))]
    public void TransposeConv_int16(Rounding rounding, int seed) =>
        Check(rounding, seed + 500, TensorType.Int16, TransposeConv);

    [Theory]
    [InlineData(Rounding.Double, TensorType.Int8)]
    [InlineData(Rounding.Single, TensorType.Int8)]
    [InlineData(Rounding.FloatEven, TensorType.Int8)]
    [InlineData(Rounding.Double, TensorType.Int16)]
    [InlineData(Rounding.Double, TensorType.Float32)]
    public void Groups_of_channels(Rounding rounding, TensorType type) => Check(rounding, 600, type, (maker, input) =>
    {
        ((int, int) filter, WindowOptions window) = maker.RandomWindow(dilated: true);
        int groups = input.Shape[3] switch { 33 => 11, var channels => channels };
        return maker.GroupedConv2D(input, groups, maker.Random.Next(1, 12), filter, window);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Conv2D_float32(int seed) => Check(Rounding.Double, seed, TensorType.Float32, Conv2D);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void DepthwiseConv2D_float32(int seed) => Check(Rounding.Double, seed, TensorType.Float32, DepthwiseConv2D);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TransposeConv_float32(int seed) => Check(Rounding.Double, seed, TensorType.Float32, TransposeConv);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Dynamic_range(int seed)
    {
        var maker = new GraphMaker(seed);
        Tensor[] outputs = [.. Enumerable.Range(0, 6).Select(i =>
        {
            Tensor input = maker.RandomImage(TensorType.Float32, maker.Random.Next(1, 20));
            ((int, int) filter, WindowOptions window) = maker.RandomWindow(dilated: true);
            return i % 2 == 0
                ? maker.Conv2D(input, maker.Random.Next(1, 90), filter, window)
                : maker.DepthwiseConv2D(input, maker.Random.Next(1, 5), filter, window);
        })];
        Agreement.Check(ConvolutionMaker.WithDynamicRange(maker.Build(outputs), maker.Random), Runs, seed);
    }

    /// <summary>A patch of more than 4,096 bytes, more outputs than a tile, more channels than any vector.</summary>
    [Fact]
    public void Large_depths()
    {
        var maker = new GraphMaker(7);
        Tensor input = maker.Int8Input(new Quantization(0.25f, 7), 1, 4, 4, 530);
        Agreement.Check(maker.Build(
            maker.Conv2D(input, 70, (3, 3), new WindowOptions(Padding: Padding.Same)),
            maker.DepthwiseConv2D(input, 1, (3, 3), new WindowOptions(Padding: Padding.Same))), runs: 4);
    }

    private static Tensor Conv2D(GraphMaker maker, Tensor input)
    {
        ((int, int) filter, WindowOptions window) = maker.RandomWindow(dilated: true);
        return maker.Conv2D(input, maker.Random.Next(1, 40), filter, window);
    }

    private static Tensor DepthwiseConv2D(GraphMaker maker, Tensor input)
    {
        ((int, int) filter, WindowOptions window) = maker.RandomWindow(dilated: true);
        return maker.DepthwiseConv2D(input, maker.Random.Next(3) == 0 ? maker.Random.Next(2, 10) : 1, filter, window);
    }

    private static Tensor TransposeConv(GraphMaker maker, Tensor input)
    {
        ((int, int) filter, WindowOptions window) = maker.RandomWindow(dilated: false);
        return maker.TransposeConv(input, maker.Random.Next(1, 10), filter, window, beyond: maker.Random.Next(3));
    }

    private static void Check(
        Rounding rounding, int seed, TensorType type, Func<GraphMaker, Tensor, Tensor> convolution)
    {
        var maker = new GraphMaker(seed) { Rounding = rounding };
        Tensor[] outputs = [.. Enumerable.Range(0, OperatorsInAModel).Select(_ =>
        {
            int channels = maker.Random.Next(3) switch { 0 => maker.Random.Next(1, 4), 1 => maker.Random.Next(
                4, 20), _ => 33 };
            return convolution(maker, maker.RandomImage(type, channels));
        })];
        Agreement.Check(maker.Build(outputs), Runs, seed);
    }
}

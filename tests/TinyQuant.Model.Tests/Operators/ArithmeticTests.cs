namespace TinyQuant.Model.Tests.Operators;

/// <summary>Quotients, squared differences, sums of many, other types and constants.</summary>
public class ArithmeticTests
{
    [Fact]
    public void Types_of_quotients()
    {
        Tensor word = Graphs.Tensor("w", TensorType.Int32, [3]), code = Int8("c"), real = Real("r");
        Assert.Empty(new Div([word, word], word).Validate());
        Assert.Empty(new Div([code, code], code).Validate());
        Assert.Equal(["'l' is int64; expected float32 or int8 or int32"],
            new Div([Of("l", TensorType.Int64), Of("l", TensorType.Int64)], Of("l", TensorType.Int64)).Validate());
        Assert.Empty(new FloorDiv([real, real], real).Validate());
        Assert.Equal(["'c' is int8; expected float32"], new FloorDiv([code, code], code).Validate());
        Assert.Equal(["'w' is int32; expected float32"], new FloorMod([word, word], word).Validate());
    }

    [Fact]
    public void Scales_of_quotients()
    {
        Assert.Equal(
            ["the scale of 'a' is so large against those of 'b' and 'y' that no shift reaches it; expected a ratio "
                + "below 2^23"],
            new Div([Int8("a", 1e6f), Int8("b", 0.01f)], Int8("y", 0.01f)).Validate());
        Tensor scaled = Graphs.Tensor("s", TensorType.Int32, [3], quantization: new(0.5f, 0));
        Assert.Equal(["'s' is int32 with a scale; expected none"],
            new Div([scaled, scaled], Of("y", TensorType.Int32)).Validate());
    }

    [Fact]
    public void Squared_differences()
    {
        Tensor code = Int8("c"), word = Int16("w", 0.5f, 0);
        Assert.Empty(new SquaredDifference([code, code], code).Validate());
        Assert.Empty(new SquaredDifference([word, word], word).Validate());
        Assert.Equal(["'z' is int16 with the zero point 3; expected 0"],
            new SquaredDifference([word, Int16("z", 0.5f, 3)], word).Validate());
        Assert.Equal(
            ["the scale of 'y' is so small against those of 'c' and 'c' that no shift reaches it; expected a ratio of "
                + "squares below 2^30"],
            new SquaredDifference([code, code], Int8("y", 1e-20f)).Validate());
        Assert.Equal(["'b' is bool; expected float32 or int8 or int16 or int32"],
            new SquaredDifference([Of("b", TensorType.Bool), Of("b", TensorType.Bool)], Of("b", TensorType.Bool))
                .Validate());
    }

    [Fact]
    public void Sums_of_many_have_one_shape_and_scale()
    {
        Tensor code = Int8("c");
        Assert.Empty(new AddN([code, code, code], Int8("y", 2)).Validate());
        Assert.Equal(
            ["'d' (scale 0.25, zero point 0) and 'c' (scale 0.5, zero point 0) are quantized differently; expected one "
                + "scale and zero point"],
            new AddN([code, Int8("d", 0.25f)], Int8("y", 2)).Validate());
        Assert.Equal(["'d' has shape [4]; expected [3]"],
            new AddN([code, Graphs.Tensor("d", TensorType.Int8, [4], quantization: new(0.5f, 0))], code).Validate());
        Assert.Equal(["'w' is int32; expected float32 or int8"],
            new AddN([Of("w", TensorType.Int32), Of("w", TensorType.Int32)], Of("w", TensorType.Int32)).Validate());
        const string scale =
            "the scale of 'y' is so small against that of 'c' that no sum fits; expected a ratio below 2^19";
        Assert.Equal([scale], new AddN([code, code], Int8("y", 1e-7f)).Validate());
        Assert.Equal([scale], new Cumsum(code, Int8("y", 1e-7f), 0).Validate());
    }

    [Fact]
    public void Running_sums_have_an_axis_of_their_input()
    {
        Tensor real = Real("r");
        Assert.Empty(new Cumsum(real, real, 0, isExclusive: true, isReverse: true).Validate());
        Assert.Equal(["axis 1 is none of 'r' [3]"], new Cumsum(real, real, 1).Validate());
        Assert.Equal(["'y' has shape [4]; expected [3]"],
            new Cumsum(real, Graphs.Tensor("y", TensorType.Float32, [4]), 0).Validate());
    }

    [Fact]
    public void Indexes_of_the_least()
    {
        Tensor x = Graphs.Tensor("x", TensorType.Int8, [2, 3]);
        Assert.Empty(new ArgMin(x, Graphs.Tensor("y", TensorType.Int32, [2]), 1).Validate());
        Assert.Equal(["'y' is int8; expected int32 or int64", "'y' has shape [2]; expected [3]"],
            new ArgMin(x, Graphs.Tensor("y", TensorType.Int8, [2]), 0).Validate());
    }

    [Fact]
    public void Types_that_become_others()
    {
        foreach (TensorType from in TensorTypes.Computing)
        {
            foreach (TensorType to in TensorTypes.Computing)
            {
                bool isNumber = IsNumber(to);
                var op = new Cast(Of("x", from), Of("y", to));
                Assert.Equal((IsNumber(from) || from == TensorType.Bool) && isNumber, !op.Validate().Any());
                Assert.Equal(from == to, op.IsAlias);
            }
        }

        Assert.Equal(
            ["'x' is int64; expected float32 or int8 or int16 or int32 or uint32 or bool",
                "'y' is bool; expected float32 or int8 or int16 or int32 or uint32"],
            new Cast(Of("x", TensorType.Int64), Of("y", TensorType.Bool)).Validate());
        Assert.Equal(["'y' has shape [4]; expected [3]"],
            new Cast(Real("x"), Graphs.Tensor("y", TensorType.Int8, [4])).Validate());

        static bool IsNumber(TensorType type) => type is TensorType.Float32 or TensorType.Int8 or TensorType.Int16
            or TensorType.Int32 or TensorType.UInt32;
    }

    [Fact]
    public void What_fills_a_tensor_is_one_element()
    {
        Tensor one = Graphs.Tensor("one", TensorType.Int32, []);
        Assert.Empty(new Fill(one, Of("y", TensorType.Int32)).Validate());
        Assert.Equal(["'w' has shape [3]; expected one element"],
            new Fill(Of("w", TensorType.Int32), Of("y", TensorType.Int32)).Validate());
        Assert.Equal(["'y' is float32; expected int32, as 'one' is"], new Fill(one, Real("y")).Validate());
        Assert.Equal(["'b' is bool; expected float32 or int8 or int32"],
            new Fill(Graphs.Tensor("b", TensorType.Bool, [1]), Of("y", TensorType.Bool)).Validate());
        Assert.Empty(new ZerosLike(Of("x", TensorType.Int64), Of("y", TensorType.Int64)).Validate());
        Assert.Equal(["'x' is int16; expected float32 or int8 or int32 or int64"],
            new ZerosLike(Of("x", TensorType.Int16), Of("y", TensorType.Int16)).Validate());
        Assert.Equal(["'y' has shape [4]; expected [3]"],
            new ZerosLike(Real("x"), Graphs.Tensor("y", TensorType.Float32, [4])).Validate());
    }

    [Fact]
    public void Logarithms_of_shares()
    {
        Tensor y = Graphs.Tensor("y", TensorType.Int8, [3], quantization: new(1f / 16, 127));
        Assert.Empty(new LogSoftmax(Int8("x"), y).Validate());
        Assert.Equal(
            ["'c' (scale 0.5, zero point 0) has another scale or zero point than the operator's; expected 0.0625 and "
                + "127"],
            new LogSoftmax(Int8("x"), Int8("c")).Validate());
        Assert.Equal(
            ["the scale of 'x' is so small that all codes count as equal; expected more than 2^-26"],
            new LogSoftmax(Int8("x", 1e-8f), y).Validate());
        Tensor point = Graphs.Tensor("p", TensorType.Float32, []);
        Assert.Equal(["'p' has shape []; expected a last dimension, of at most 4095 for int8"],
            new LogSoftmax(point, point).Validate());
        Tensor wide = Graphs.Tensor("w", TensorType.Int8, [4096], quantization: new(1f / 16, 127));
        Assert.Equal(["'w' has shape [4096]; expected a last dimension, of at most 4095 for int8"],
            new LogSoftmax(wide, wide).Validate());
    }

    private static Tensor Real(string name) => Of(name, TensorType.Float32);

    private static Tensor Int8(string name, float scale = 0.5f) =>
        Graphs.Tensor(name, TensorType.Int8, [3], quantization: new(scale, 0));

    private static Tensor Int16(string name, float scale, int zeroPoint) =>
        Graphs.Tensor(name, TensorType.Int16, [3], quantization: new(scale, zeroPoint));

    private static Tensor Of(string name, TensorType type) => Graphs.Tensor(name, type, [3]);
}

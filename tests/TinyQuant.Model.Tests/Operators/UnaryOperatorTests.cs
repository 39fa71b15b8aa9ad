using CsCheck;

namespace TinyQuant.Model.Tests.Operators;

public class UnaryOperatorTests
{
    private static readonly Quantization s_half = new(0.5f, 0);

    [Fact]
    public void Types_and_shapes_that_do_not_fit()
    {
        Assert.Equal(
            ["'y' has shape [3,2]; expected [2,3]"], new Relu(Int8("x", [2, 3]), Int8("y", [3, 2])).Validate());
        Assert.Equal(["'y' is int8; expected float32, as 'x' is"],
            new Elu(Graphs.Tensor("x", TensorType.Float32, [3]), Int8("y", [3])).Validate());
        Tensor integer = Graphs.Tensor("x", TensorType.Int32, [3]);
        Assert.Equal(["'x' is int32; expected float32 or int8 or int16"], new Abs(integer, integer).Validate());
        Assert.Equal(["'x' is int32; expected float32 or int8"], new Elu(integer, integer).Validate());
    }

    [Fact]
    public void Functions_of_reals_alone()
    {
        Tensor x = Int8("x", [3]);
        Assert.All(
            (Operator[])[new Ceil(x, x), new Cos(x, x), new Floor(x, x), new Log(x, x), new Neg(x, x),
                new Round(x, x), new Sin(x, x), new Sqrt(x, x), new Square(x, x)],
            op => Assert.Equal(["'x' is int8; expected float32"], op.Validate()));
    }

    [Fact]
    public void Int16_codes_have_no_zero_point()
    {
        Tensor x = Int16("x", new(0.5f, 3)), y = Int16("y", new(1f / 32768, 0));
        string[] expected = ["int16 tensor 'x' has zero point 3; expected 0"];
        Assert.All(
            (Operator[])[new Abs(x, y), new Logistic(x, y), new Relu(x, y), new Rsqrt(x, y), new Tanh(x, y),
                new Softmax(x, y)],
            op => Assert.Equal(expected, op.Validate()));
        Assert.Empty(new Relu6(x, x).Validate());
        Assert.Empty(new LeakyRelu(x, y, 0.5f).Validate());
    }

    [Fact]
    public void Int16_outputs_whose_scale_the_operator_gives()
    {
        string[] expected = [
            "'y' (scale 0.5, zero point 0) has another scale or zero point than the operator's; expected "
                + "3.0517578E-05 and 0"];
        Tensor x = Int16("x", s_half), y = Int16("y", s_half);
        Assert.Equal(expected, new Logistic(x, y).Validate());
        Assert.Equal(expected, new Tanh(x, y).Validate());
        Assert.Equal(expected, new Softmax(x, y).Validate());
    }

    [Fact]
    public void Int16_scales_that_are_too_large()
    {
        Tensor x = Int16("x", new(1 << 17, 0)), y = Int16("y", new(1f / 32768, 0));
        const string steps =
            "the scale of 'x' is so large that no int32 holds a code in steps of the table; expected less than 2^17";
        Assert.Equal(steps, new Logistic(x, y).Validate().Last());
        Assert.Equal(steps, new Tanh(x, y).Validate().Last());
        Assert.Equal(
            "beta times the scale of 'x' is so large that no shift reaches it; expected less than 2^17",
            new Softmax(Int16("x", new(1 << 16, 0)), y, 2).Validate().Last());
    }

    [Fact]
    public void Magnitudes_of_integers_have_no_scale()
    {
        Tensor x = new("x", TensorType.Int16, [3]), y = new("y", TensorType.Int16, [3]);
        Assert.Empty(new Abs(x, y).Validate());
        Assert.Equal(["int16 tensor 'y' has no scale"], new Abs(Int16("x", s_half), y).Validate());
        Assert.Equal(
            ["int16 tensor 'x' has no scale", "int16 tensor 'y' has no scale"], new Relu(x, y).Validate());
    }

    [Theory]
    [InlineData(1f, 1f, true)]
    [InlineData(1f, 4096f, true)]
    [InlineData(1f, 4097f, false)]
    [InlineData(1e-20f, 1e-4f, true)]
    [InlineData(1e-20f, 1e-8f, false)]
    public void Roots_that_a_shift_reaches(float from, float to, bool fits)
    {
        Rsqrt op = new(Int8("x", [3], new(from, 0)), Int8("y", [3], new(to, 0)));
        Assert.Equal(
            fits
                ? []
                : ["the scales of 'x' and 'y' are so far from each other that no shift reaches a root; expected "
                    + "1 / (√input · output) from 2^-12 to below 2^50"],
            op.Validate());
    }

    [Fact]
    public void Outputs_whose_scale_the_operator_gives()
    {
        Assert.Empty(new Logistic(Int8("x", [3]), Int8("y", [3], new(1f / 256, -128))).Validate());
        Assert.Equal(
            ["'y' (scale 0.5, zero point 0) has another scale or zero point than the operator's; expected 0.00390625 "
                + "and -128"],
            new Logistic(Int8("x", [3]), Int8("y", [3])).Validate());
        Assert.Equal(
            ["'y' (scale 0.0078125, zero point 1) has another scale or zero point than the operator's; expected "
                + "0.0078125 and 0"],
            new Tanh(Int8("x", [3]), Int8("y", [3], new(1f / 128, 1))).Validate());
        Assert.Equal(
            ["'y' (scale 0.5, zero point 0) has another scale or zero point than the operator's; expected 0.00390625 "
                + "and -128"],
            new Softmax(Int8("x", [3]), Int8("y", [3])).Validate());
        Tensor word = Graphs.Tensor("y", TensorType.Int16, [3], quantization: new(1f / 65536, -32768));
        Assert.Empty(new Softmax(Int8("x", [3]), word).Validate());
    }

    [Fact]
    public void Clamped_codes_keep_their_scale()
    {
        string[] expected = [
            "'y' (scale 0.25, zero point 0) and 'x' (scale 0.5, zero point 0) are quantized differently; expected "
                + "one scale and zero point"];
        Assert.Equal(expected, new Relu6(Int8("x", [3]), Int8("y", [3], new(0.25f, 0))).Validate());
        Assert.Equal(expected, new ReluN1To1(Int8("x", [3]), Int8("y", [3], new(0.25f, 0))).Validate());
    }

    [Fact]
    public void Scales_that_no_shift_reaches()
    {
        Tensor fine = Int8("y", [3], new(1e-10f, 0));
        const string message = "the scale of 'y' is so small against that of 'x' that no shift reaches it; expected "
            + "a ratio below 2^30";
        Assert.Equal([message], new Relu(Int8("x", [3]), fine).Validate());
        Assert.Equal([message], new Quantize(Int8("x", [3]), fine).Validate());
        Assert.Equal(["the scale of 'y' is too small against that of 'x'; expected a ratio below 128"],
            new HardSwish(Int8("x", [3]), Int8("y", [3], new(0.5f / 128, 0))).Validate());
        Assert.Empty(new HardSwish(Int8("x", [3]), Int8("y", [3], new(0.5f / 127, 0))).Validate());
        Assert.Equal(
            ["alpha times the scale of 'x' is so large against the scale of 'y' that no shift reaches it; expected a "
                + "ratio below 2^30"],
            new LeakyRelu(Int8("x", [3]), Int8("y", [3]), -1e10f).Validate());
    }

    [Fact]
    public void Normalized_rows()
    {
        Quantization output = new(1f / 128, 0);
        Assert.Empty(new L2Normalization(Int8("x", [3]), Int8("y", [3], output)).Validate());
        Assert.Equal(
            ["'y' (scale 0.5, zero point 0) has another scale or zero point than the operator's; expected 0.0078125 "
                + "and 0"],
            new L2Normalization(Int8("x", [3]), Int8("y", [3])).Validate());
        Assert.Equal(["'x' has shape [32769]; expected a last dimension, of at most 32768 for int8"],
            new L2Normalization(Int8("x", [32769]), Int8("y", [32769], output)).Validate());
        Assert.Contains("'x' has shape []; expected a last dimension, of at most 32768 for int8",
            new L2Normalization(Int8("x", []), Int8("y", [], output)).Validate());
    }

    [Fact]
    public void Softmax_has_rows_and_a_factor()
    {
        Quantization output = new(1f / 256, -128);
        Assert.Contains(
            "beta is 0; expected more than 0", new Softmax(Int8("x", [3]), Int8("y", [3], output), 0).Validate());
        Assert.Contains("'x' has shape []; expected a last dimension, of at most 4096 for int8",
            new Softmax(Int8("x", []), Int8("y", [], output)).Validate());
        Assert.Contains("'x' has shape [4097]; expected a last dimension, of at most 4096 for int8",
            new Softmax(Int8("x", [4097]), Int8("y", [4097], output)).Validate());
    }

    [Theory]
    [InlineData(TensorType.Float32, TensorType.Int8, true)]
    [InlineData(TensorType.Float32, TensorType.Int16, true)]
    [InlineData(TensorType.Int8, TensorType.Int16, true)]
    [InlineData(TensorType.Int16, TensorType.Int8, true)]
    [InlineData(TensorType.Int16, TensorType.Int32, true)]
    [InlineData(TensorType.Float32, TensorType.UInt8, true)]
    [InlineData(TensorType.UInt8, TensorType.Int8, true)]
    [InlineData(TensorType.Int8, TensorType.UInt8, true)]
    [InlineData(TensorType.UInt8, TensorType.Int16, false)]
    [InlineData(TensorType.Float32, TensorType.Int32, false)]
    [InlineData(TensorType.Int32, TensorType.Int8, true)]
    [InlineData(TensorType.Int32, TensorType.Int16, true)]
    [InlineData(TensorType.Int32, TensorType.UInt8, false)]
    [InlineData(TensorType.Int8, TensorType.Float32, false)]
    public void What_Quantize_converts(TensorType from, TensorType to, bool converts)
    {
        Quantize op = new(Graphs.Tensor("x", from, [3], quantization: from == TensorType.Float32 ? null : s_half),
            Graphs.Tensor("y", to, [3], quantization: to == TensorType.Float32 ? null : s_half));
        Assert.Equal(converts, !op.Validate().Any());
        Assert.Empty(op.InPlaceInputs);
    }

    [Fact]
    public void What_Dequantize_converts()
    {
        Tensor real = Graphs.Tensor("y", TensorType.Float32, [3]);
        Assert.Empty(new Dequantize(Int8("x", [3]), real).Validate());
        Assert.Equal(["'y' is int8; expected float32"], new Dequantize(Int8("x", [3]), Int8("y", [3])).Validate());
        Assert.Equal(["'y' is float32; expected int8 or uint8 or int16"], new Dequantize(real, real).Validate());
    }

    [Fact]
    public void Whatever_the_tensors_validation_answers()
    {
        Gen<Tensor> tensor = Gen.Select(
            Gen.Enum<TensorType>(), Gen.Int[0, 3].Array[0, 3], Gen.OneOfConst(null, s_half, new([1f, 2f], 0, 1)))
            .Select((type, shape, quantization) => new Tensor("t", type, [.. shape], quantization));
        Gen.Select(tensor, tensor, Gen.OneOf(Gen.Float, Gen.OneOfConst(1f, float.NaN, float.MaxValue)))
            .Sample((x, y, real) =>
        {
            foreach (Operator op in (Operator[])
                [new Relu(x, y), new Relu6(x, y), new ReluN1To1(x, y), new HardSwish(x, y), new Elu(x, y),
                    new Logistic(x, y), new Tanh(x, y),
                 new LeakyRelu(x, y, real), new Softmax(x, y, real), new Quantize(x, y), new Dequantize(x, y),
                 new Abs(x, y), new Rsqrt(x, y), new Sqrt(x, y)])
            {
                Assert.All(op.Validate(), Assert.NotEmpty);
            }
        }, iter: 5_000);
    }

    private static Tensor Int16(string name, Quantization quantization) =>
        Graphs.Tensor(name, TensorType.Int16, [3], quantization: quantization);

    private static Tensor Int8(string name, int[] shape, Quantization? quantization = null) =>
        Graphs.Tensor(name, TensorType.Int8, shape, quantization: quantization);
}

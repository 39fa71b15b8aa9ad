namespace TinyQuant.Model.Tests.Operators;

/// <summary>
/// The least ratio of scales that each operator refuses, and the greatest that it takes, which are neighbours among
/// float32 numbers.
/// </summary>
public class ScaleLimitTests
{
    private const float Shifts = 1 << 30;

    [Fact]
    public void Codes_that_become_codes_of_another_scale()
    {
        RefusesFrom(Shifts, s => new Relu(Int8("x", s), Int8("y", 1)));
        RefusesFrom(Shifts, s => new Abs(Int8("x", s), Int8("y", 1)));
        RefusesFrom(Shifts, s => new Elu(Int8("x", s), Int8("y", 1)));
        RefusesFrom(Shifts, s => new Quantize(Int8("x", s), Int8("y", 1)));
        RefusesFrom(Shifts, s => new LeakyRelu(Int8("x", s), Int8("y", 1), 0.5f));
        RefusesFrom(Shifts, s => new LeakyRelu(Int8("x", 1), Int8("y", 1), s));
        RefusesFrom(Shifts, s => new LeakyRelu(Int8("x", 1), Int8("y", 1), -s));
        RefusesFrom(Shifts, s => new Mean(Int8("x", s), Int8("y", 1), [0], keepDims: true));
        RefusesFrom(Shifts, s => new Sum(Int8("x", s), Int8("y", 1), [0], keepDims: true));
        RefusesFrom(Shifts, s => new Prelu([Int8("x", s), Int8("slope", 1e-3f)], Int8("y", 1)));
        RefusesFrom(128, s => new HardSwish(Int8("x", s), Int8("y", 1)));
    }

    [Fact]
    public void A_product_of_alpha_and_scale_that_is_no_float32() => Assert.NotEmpty(
        new LeakyRelu(Int8("x", 1e30f), Int8("y", 1e30f), 1e10f).Validate());

    [Fact]
    public void Products()
    {
        RefusesFrom(Shifts, s => new Mul([Int8("a", s), Int8("b", 1)], Int8("y", 1)));
        RefusesFrom(Shifts / 4, s => new Mul([Int8("a", 2), Int8("b", s)], Int8("y", 0.5f)));
        RefusesFrom(Shifts, s => new Prelu([Int8("x", 1), Int8("slope", s)], Int8("y", 1)));
        RefusesFrom(Shifts, s => Connected(s, 1));
        RefusesFrom(Shifts, s => Connected(1, s));
    }

    /// <summary>
    /// (2^15 + 1/4) · (2^15 − 1/4) is less than 2^30, but not as the float32 by which FullyConnected multiplies.
    /// </summary>
    [Fact]
    public void Products_that_reach_the_limit_when_they_are_rounded()
    {
        Assert.NotEmpty(Connected(32768.25f, 32767.75f).Validate());
        Assert.Empty(Connected(32768.25f, 32767.5f).Validate());
    }

    /// <summary>The reference stops the process where twice the greater scale is 2^20 of the output's.</summary>
    [Fact]
    public void Sums()
    {
        const float limit = 1 << 19;
        RefusesFrom(limit, s => new Add([Int8("a", s), Int8("b", 1)], Int8("y", 1)));
        RefusesFrom(limit, s => new Add([Int8("a", 1), Int8("b", s)], Int8("y", 1)));
        RefusesFrom(limit, s => new Sub([Int8("a", s), Int8("b", 1)], Int8("y", 1)));
        RefusesFrom(limit, s => new Sub([Int8("a", 1), Int8("b", s)], Int8("y", 1)));
        const float wordLimit = 1 << 14; // int16 codes are shifted by 15 bits and not by 20
        RefusesFrom(wordLimit, s => new Add([Int16("a", s), Int16("b", 1)], Int16("y", 1)));
        RefusesFrom(wordLimit, s => new Sub([Int16("a", 1), Int16("b", s)], Int16("y", 1)));
    }

    /// <summary>Quotients that are 0 in float32 stop the reference in SUB alone; in double there are none.</summary>
    [Theory]
    [InlineData(3e38f, 1, 3e38f)]
    [InlineData(1, 1e-45f, 1)]
    [InlineData(1e30f, 1e-20f, 1e30f)]
    [InlineData(1, 1, 3.3e32f)]
    public void Sums_whose_factors_vanish_in_float32(float left, float right, float output)
    {
        string message = Assert.Single(new Sub([Int8("a", left), Int8("b", right)], Int8("y", output)).Validate());
        Assert.Equal(
            "the scales of 'a', 'b' and 'y' lie so far apart that their quotients are 0 in float32; "
            + "expected scales within its normal range",
            message);
        Assert.Empty(new Add([Int8("a", left), Int8("b", right)], Int8("y", output)).Validate());
    }

    /// <summary>The reference stops the process where a step of the input is no more than one of Q5.26.</summary>
    [Fact]
    public void Softmax_of_steps_that_are_nothing()
    {
        const float least = 1f / (1 << 26);
        Quantization output = new(1f / 256, -128);
        string message = Assert.Single(Softmax(least, 1).Validate());
        Assert.Equal(
            "beta times the scale of 'x' is so small that all codes count as equal; expected more than 2^-26", message);
        Assert.Empty(Softmax(MathF.BitIncrement(least), 1).Validate());
        Assert.Single(Softmax(least * 4, 0.25f).Validate());
        Assert.Empty(Softmax(least * 4, MathF.BitIncrement(0.25f)).Validate());

        Softmax Softmax(float scale, float beta) => new(Int8("x", scale), Output(output), beta);
    }

    [Fact]
    public void Scales_that_an_operator_gives_may_differ_by_a_thousandth()
    {
        Assert.Empty(Logistic(1.0009f).Validate());
        Assert.Empty(Logistic(0.9991f).Validate());
        Assert.NotEmpty(Logistic(1.0011f).Validate());
        Assert.NotEmpty(Logistic(0.9989f).Validate());

        static Logistic Logistic(float factor) => new(Int8("x", 1), Output(new(factor / 256, -128)));
    }

    private static void RefusesFrom(float limit, Func<float, Operator> make)
    {
        Assert.NotEmpty(make(limit).Validate());
        Assert.Empty(make(MathF.BitDecrement(limit)).Validate());
    }

    private static FullyConnected Connected(float input, float weights) => new(
        [Int8("x", input), Graphs.Tensor("w", TensorType.Int8, [1, 1], constant: true, new(weights, 0))],
        Int8("y", 1), Activation.None);

    private static Tensor Int8(string name, float scale) =>
        Graphs.Tensor(name, TensorType.Int8, [1], quantization: new(scale, 0));

    private static Tensor Int16(string name, float scale) =>
        Graphs.Tensor(name, TensorType.Int16, [1], quantization: new(scale, 0));

    private static Tensor Output(Quantization quantization) =>
        Graphs.Tensor("y", TensorType.Int8, [1], quantization: quantization);
}

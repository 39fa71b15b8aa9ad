namespace TinyQuant.Model.Tests.Operators;

public class BatchMatMulTests
{
    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 3, 4 }, new[] { 2, 4 }, false, false)]
    [InlineData(new[] { 3, 2 }, new[] { 4, 3 }, new[] { 2, 4 }, true, true)]
    [InlineData(new[] { 7, 1, 2, 3 }, new[] { 5, 3, 4 }, new[] { 7, 5, 2, 4 }, false, false)]
    public void Shapes_that_multiply(int[] x, int[] y, int[] output, bool adjX, bool adjY)
    {
        var op = new BatchMatMul(Int8("x", x), Int8("y", y), Int8("z", output), adjX, adjY);

        Assert.Empty(op.Validate());
        Assert.Equal((2, 3, 4), (op.Rows, op.Depth, op.Columns));
        Assert.Equal(3L * op.Output.ElementCount, op.Macs);
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 4, 3 }, new[] { 2, 4 },
        "'x' [2,3] has sums of 3 products and 'y' [4,3] of 4; expected as many")]
    [InlineData(
        new[] { 2, 2, 3 }, new[] { 5, 3, 4 }, new[] { 5, 2, 4 },
        "'x' [2,2,3] and 'y' [5,3,4] cannot be stretched to one shape before their last two dimensions")]
    [InlineData(new[] { 2, 3 }, new[] { 3, 4 }, new[] { 1, 2, 4 }, "'z' has shape [1,2,4]; expected [2,4]")]
    [InlineData(new[] { 3 }, new[] { 3, 4 }, new[] { 4 }, "'x' has shape [3]; expected 2 to 5 dimensions")]
    [InlineData(new[] { 1, 1, 1, 1, 2, 3 }, new[] { 3, 4 }, new[] { 2, 4 },
        "'x' has shape [1,1,1,1,2,3]; expected 2 to 5 dimensions")]
    public void Shapes_that_do_not(int[] x, int[] y, int[] output, string message) =>
        Assert.Equal([message], new BatchMatMul(Int8("x", x), Int8("y", y), Int8("z", output)).Validate());

    [Fact]
    public void Types_and_scales_that_do_not_fit()
    {
        Tensor real = Graphs.Tensor("r", TensorType.Float32, [2, 2]);
        Tensor code = Int8("c", [2, 2]);

        Assert.Equal(["'c' is int8; expected float32, as 'r' is"], new BatchMatMul(real, code, real).Validate());
        Assert.Equal(
            ["int8 tensor 'n' has no scale"],
            new BatchMatMul(code, code, new Tensor("n", TensorType.Int8, [2, 2])).Validate());
        Assert.Contains(
            "so small", Assert.Single(new BatchMatMul(code, code, Int8("z", [2, 2], new(1e-12f, 0))).Validate()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Int16_has_no_zero_points()
    {
        Tensor Int16(string name, Quantization quantization) =>
            Graphs.Tensor(name, TensorType.Int16, [2, 2], quantization: quantization);
        Tensor x = Int16("x", new(0.5f, 0));

        Assert.Empty(new BatchMatMul(x, x, x).Validate());
        Assert.Equal(
            ["int16 tensor 'y' has zero point 3; expected 0"], new BatchMatMul(x, Int16("y", new(0.5f, 3)), x)
                .Validate());
        Assert.Contains("expected a ratio below 2^7", Assert.Single(
            new BatchMatMul(x, x, Int16("z", new(1e-3f, 0))).Validate()), StringComparison.Ordinal);
    }

    private static Tensor Int8(string name, int[] shape, Quantization? quantization = null) =>
        Graphs.Tensor(name, TensorType.Int8, shape, quantization: quantization ?? new Quantization(0.5f, 0));
}

using CsCheck;

namespace TinyQuant.Model.Tests.Operators;

public class BinaryOperatorTests
{
    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 2, 3 }, new[] { 2, 3 })]
    [InlineData(new[] { 4, 1, 3 }, new[] { 5, 1 }, new[] { 4, 5, 3 })]
    [InlineData(new int[0], new[] { 7 }, new[] { 7 })]
    [InlineData(new int[0], new int[0], new int[0])]
    public void Shapes_that_stretch_to_the_outputs(int[] left, int[] right, int[] output)
    {
        Assert.Empty(new Add(Operands(left, right), Int8("y", output)).Validate());
        Assert.Empty(new Add(Operands(right, left), Int8("y", output)).Validate());
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 2, 4 }, new[] { 2, 4 },
        "'a' [2,3] and 'b' [2,4] cannot be stretched to one shape")]
    [InlineData(new[] { 2, 3 }, new[] { 2 }, new[] { 2, 3 }, "'a' [2,3] and 'b' [2] cannot be stretched to one shape")]
    [InlineData(new[] { 2, 3 }, new[] { 3 }, new[] { 3 }, "'y' has shape [3]; expected [2,3]")]
    [InlineData(new[] { 1, 3 }, new[] { 3 }, new[] { 3 }, "'y' has shape [3]; expected [1,3]")]
    public void Shapes_that_do_not(int[] left, int[] right, int[] output, string message) =>
        Assert.Equal([message], new Mul(Operands(left, right), Int8("y", output)).Validate());

    [Fact]
    public void Types_that_do_not_fit()
    {
        Tensor real = Graphs.Tensor("r", TensorType.Float32, [3]);
        Assert.Equal(
            ["'r' is float32; expected int8, as 'a' is"], new Sub([Int8("a", [3]), real], Int8("y", [3])).Validate());
        Tensor word = Graphs.Tensor("w", TensorType.Int32, [3]);
        Assert.Equal(["'w' is int32; expected float32 or int8"], new Minimum([word, word], word).Validate());
    }

    [Fact]
    public void Elements_that_are_compared_have_one_scale()
    {
        Tensor other = Int8("b", [3], new(0.25f, 1));
        string[] expected = [
            "'b' (scale 0.25, zero point 1) and 'y' (scale 0.5, zero point 0) are quantized differently; expected "
                + "one scale and zero point"];
        Assert.Equal(expected, new Maximum([Int8("a", [3]), other], Int8("y", [3])).Validate());
        Assert.Equal(expected, new Minimum([Int8("a", [3]), other], Int8("y", [3])).Validate());
        Assert.Empty(new Add([Int8("a", [3]), other], Int8("y", [3])).Validate());
    }

    [Fact]
    public void Scales_that_no_shift_reaches()
    {
        Tensor fine = Int8("y", [3], new(1e-12f, 0));
        const string sum =
            "the scale of 'y' is so small against those of 'a' and 'b' that no sum fits; expected a ratio below 2^19";
        Assert.Equal([sum], new Add(Operands([3], [3]), fine).Validate());
        Assert.Equal([sum], new Sub(Operands([3], [3]), fine).Validate());
        const string product = "the scale of 'y' is so small against those of 'a' and 'b' that no shift reaches it; "
            + "expected a ratio below 2^30";
        Assert.Equal([product], new Mul(Operands([3], [3]), fine).Validate());
        Assert.Contains(product, new Prelu(Operands([3], [3]), fine).Validate());
    }

    [Fact]
    public void Codes_have_one_scale_for_the_tensor()
    {
        Tensor channels = Int8("b", [2], new([0.5f, 0.25f], 0, 0));
        Assert.Contains("'b' has a scale for each channel; activations are quantized per tensor",
            new Add([Int8("a", [2]), channels], Int8("y", [2])).Validate());
        var none = new Tensor("b", TensorType.Int8, [2]);
        Assert.Contains("int8 tensor 'b' has no scale", new Prelu([Int8("a", [2]), none], Int8("y", [2])).Validate());
    }

    [Fact]
    public void The_output_may_lie_in_an_operand_of_its_size()
    {
        Assert.Equal([0, 1], new Add(Operands([2, 3], [2, 3]), Int8("y", [2, 3])).InPlaceInputs.ToArray());
        Assert.Equal([0], new Add(Operands([2, 3], [3]), Int8("y", [2, 3])).InPlaceInputs.ToArray());
        Assert.Empty(new Add(Operands([2, 1], [3]), Int8("y", [2, 3])).InPlaceInputs);
    }

    [Fact]
    public void Of_two_views_of_one_memory_both_are_operands_to_lie_in_or_neither()
    {
        Assert.Equal([0, 1], new Add(Operands([2, 3], [1, 2, 3]), Int8("y", [1, 2, 3])).InPlaceInputs.ToArray());
        Assert.Empty(new Add(Operands([3, 1], [1, 3]), Int8("y", [3, 3])).InPlaceInputs);
    }

    [Fact]
    public void Whatever_the_tensors_validation_answers()
    {
        Gen<Tensor> tensor = Gen.Select(Gen.Enum<TensorType>(), Gen.Int[0, 3].Array[0, 9],
            Gen.OneOfConst(null, new Quantization(0.5f, 3), new([1f, 2f], 0, 1)))
            .Select((type, shape, quantization) => new Tensor("t", type, [.. shape], quantization));
        Gen.Select(tensor, tensor, tensor).Sample((a, b, y) =>
        {
            foreach (Operator op in (Operator[])
                [new Add([a, b], y), new Sub([a, b], y), new Mul([a, b], y), new Maximum([a, b], y),
                    new Minimum([a, b], y), new Prelu([a, b], y), new Div([a, b], y), new FloorMod([a, b], y),
                    new SquaredDifference([a, b], y), new Less([a, b], y), new LogicalOr([a, b], y),
                    new SelectV2([a, b, y], y), new AddN([a, b], y), new Cumsum(a, y, 0), new Cast(a, y),
                    new Fill(a, y), new ZerosLike(a, y), new LogSoftmax(a, y), new ReduceAll(a, y, [0])])
            {
                Assert.All(op.Validate(), Assert.NotEmpty);
            }
        }, iter: 5_000);
    }

    private static System.Collections.Immutable.ImmutableArray<Tensor> Operands(int[] left, int[] right) =>
        [Int8("a", left), Int8("b", right)];

    private static Tensor Int8(string name, int[] shape, Quantization? quantization = null) =>
        Graphs.Tensor(name, TensorType.Int8, shape, quantization: quantization);
}

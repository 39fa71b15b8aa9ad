using CsCheck;

namespace TinyQuant.Generator.Tests;

/// <summary>The arithmetic that happens in the compiler.</summary>
public class LoweringTests
{
    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(0.5, 1 << 30, 0)]
    [InlineData(1.0, 1 << 30, 1)]
    [InlineData(0.25, 1 << 30, -1)]
    [InlineData(0.75, 3 << 29, 0)]
    [InlineData(0.99999999999, 1 << 30, 1)] // rounds up to 2^31, which becomes 2^30 and one more shift
    [InlineData(1e-12, 0, 0)] // below 2^-32: flushed
    public void Multiplier_of_known_factors(double real, int multiplier, int shift) =>
        Assert.Equal(new FixedPointMultiplier(multiplier, shift), FixedPointMultiplier.Of(real));

    [Fact]
    public void Multiplier_is_the_nearest_of_31_bits() => Gen.Double[1e-9, 1e6].Sample(real =>
    {
        FixedPointMultiplier m = FixedPointMultiplier.Of(real);
        double restored = Math.ScaleB(m.Multiplier, m.Shift - 31);
        return m.Multiplier is >= 1 << 30 && Math.Abs(restored - real) <= Math.ScaleB(0.5, m.Shift - 31);
    });

    [Fact]
    public void Packing_keeps_every_weight_and_adds_only_zeros() =>
        Gen.Select(Gen.Int[1, 21], Gen.Int[1, 19]).Sample((outputs, depth) =>
        {
            byte[] weights = [.. Enumerable.Range(1, outputs * depth).Select(i => (byte)((i % 255) + 1))];
            byte[] packed = WeightPacker.Pack(weights, outputs, depth);
            int padded = (depth + 3) / 4 * 4;
            Assert.Equal(outputs * padded, packed.Length);
            Assert.Equal(outputs * (padded - depth), packed.Count(b => b == 0));
            Assert.Equal(weights.Order(), packed.Where(b => b != 0).Order());
        });

    [Fact]
    public void Packing_order_of_three_outputs()
    {
        // Two outputs side by side, then one: [o0 i0..3][o1 i0..3][o0 i4 0 0 0][o1 i4 0 0 0] [o2 i0..3][o2 i4 0 0 0]
        byte[] weights = [1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 21, 22, 23, 24, 25];
        Assert.Equal(
            new byte[] { 1, 2, 3, 4, 11, 12, 13, 14, 5, 0, 0, 0, 15, 0, 0, 0, 21, 22, 23, 24, 25, 0, 0, 0 },
            WeightPacker.Pack(weights, outputs: 3, depth: 5));
    }

    [Fact]
    public void Names_are_unique_identifiers()
    {
        var names = new NameTable(["Run"]);
        Assert.Equal(["DenseWeights", "DenseWeights_2", "Run_2", "T1stLayer", "T", "classTensor"],
            [names.Constant("dense.weights"), names.Constant("dense/weights"), names.Constant("run"),
                names.Constant("1st layer"),
                names.Constant("***"), names.Camel("class")]);
    }

    [Fact]
    public void A_constant_keeps_the_name_of_its_words_too()
    {
        var names = new NameTable([]);
        Assert.Equal(["A", "AWords_2", "A_2"], [names.Constant("a"), names.Constant("a.words"), names.Constant("a")]);
    }

    [Fact]
    public void A_scale_that_no_shift_reaches_is_refused()
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Program(),
            ("tiny.tqm", Samples.Int8.Replace("scale 0.2 ", "scale 1e-30 ", StringComparison.Ordinal)));
        Assert.StartsWith("TQ005 tiny.tqm(17,1): FullyConnected: the scale of 'scores' is so small",
            Assert.Single(run.Diagnostics), StringComparison.Ordinal);
    }
}

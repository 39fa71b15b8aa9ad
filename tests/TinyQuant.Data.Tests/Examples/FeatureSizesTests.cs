namespace TinyQuant.Data.Tests;

public class FeatureSizesTests
{
    [Fact]
    public void Sizes_are_looked_at_in_reals_alone()
    {
        static LabelledVectors Vectors(params float[] values) => new("v", 2, values, new byte[values.Length / 2]);
        Assert.Null(FeatureSizes.Describe(Vectors(0, 0, 100, 3.2f))); // 8.2 steps of 100 / 255
        Assert.Null(FeatureSizes.Describe(Vectors(0, 7, 100, 7))); // what never varies is no loss
        Assert.Contains("value 1 goes from 0 to 100, value 2 from 0 to 3.",
            FeatureSizes.Describe(Vectors(0, 0, 100, 3)),
            StringComparison.Ordinal);
        Assert.Null(FeatureSizes.Describe(Pictures.Create("p", 10, 1)));
    }
}

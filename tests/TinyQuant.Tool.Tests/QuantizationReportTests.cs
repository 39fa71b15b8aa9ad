using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Tests;

/// <summary>What <c>quantize --search</c> holds its models against.</summary>
public class QuantizationReportTests
{
    [Theory]
    [InlineData(0.001, 9_910, true)] // ten images of 10,000, as many as may be lost
    [InlineData(0.001, 9_909, false)]
    [InlineData(0, 9_920, true)]
    [InlineData(0, 9_919, false)]
    [InlineData(0, 9_925, true)]
    public void A_budget_is_kept_to_the_image(double maxLoss, int correct, bool isWithin) =>
        Assert.Equal(isWithin, QuantizationReport.IsWithin(maxLoss, real: 0.9920, correct / 10_000.0, images: 10_000));
}

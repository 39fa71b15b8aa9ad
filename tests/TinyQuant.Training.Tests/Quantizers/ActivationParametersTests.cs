using CsCheck;
using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Tests.Quantizers;

public class ActivationParametersTests
{
    [Theory]
    [InlineData(0f, 1f, 0.003921569f, -128)]
    [InlineData(-1f, 1f, 2f / 255f, 0)] // -128 + 127.5 is -0.5 and a rounding of scale decides: see the property below
    [InlineData(2f, 5.1f, 5.1f / 255f, -128)]
    [InlineData(-5.1f, -2f, 5.1f / 255f, 127)]
    [InlineData(-1.5f, 253.5f, 1f, -127)] // -126.5, half away from zero
    [InlineData(-253.5f, 1.5f, 1f, 126)] // 125.5
    [InlineData(0f, 0f, 1f / 255f, -128)]
    [InlineData(-3.763e-41f, 0f, 1f / 255f, -128)]
    public void Ranges_have_the_parameters_of_the_formula(float min, float max, float scale, int zero)
    {
        Quantization quantization = ActivationParameters.Of(new ValueRange(min, max));

        Assert.Equal(scale, quantization.Scale);
        Assert.InRange(quantization.ZeroPoint, zero - (min == -1 ? 1 : 0), zero);
    }

    [Fact]
    public void Zero_is_a_code_and_both_ends_are_within_half_a_step() =>
        Gen.Select(Gen.Float[-1000, 1000], Gen.Float[-1000, 1000]).Sample((a, b) =>
        {
            float min = MathF.Min(a, b);
            float max = MathF.Max(a, b);
            Quantization quantization = ActivationParameters.Of(new ValueRange(min, max));
            double lowest = (-128.0 - quantization.ZeroPoint) * quantization.Scale;
            double highest = (127.0 - quantization.ZeroPoint) * quantization.Scale;
            double slack = quantization.Scale * 0.501;
            return quantization.ZeroPoint is >= -128 and <= 127
                && lowest <= MathF.Min(min, 0) + slack && highest >= MathF.Max(max, 0) - slack;
        });

    [Fact]
    public void A_pixel_is_its_code_plus_128()
    {
        Quantization quantization = ActivationParameters.Of(new ValueRange(0, 1));

        for (int pixel = 0; pixel < 256; pixel++)
        {
            float code = MathF.Round(pixel / 255f / quantization.Scale, MidpointRounding.AwayFromZero);
            Assert.Equal(pixel - 128, (int)code + quantization.ZeroPoint);
        }
    }
}

using TinyQuant.Kernels.Elements;

namespace TinyQuant.Runtime.Tests.Kernels;

public class SigmoidTableTests
{
    private const int Last = 255;

    [Fact]
    public void Entries_are_the_sigmoid_raised_by_half_of_what_the_line_falls_short()
    {
        static double Sigmoid(double index) => 65536 / (1 + Math.Exp(-index / 24));
        for (int i = 0; i < Last; i++)
        {
            double shortfall = Sigmoid(i + 0.5) - ((Sigmoid(i) + Sigmoid(i + 1)) / 2);
            Assert.Equal(Math.Round(Sigmoid(i) + (shortfall / 2)), SigmoidTable.Entry(i));
        }

        Assert.Equal(ushort.MaxValue, SigmoidTable.Entry(Last));
    }

    [Fact]
    public void Sigmoid_of_every_code_is_near_the_real_one()
    {
        for (int x = short.MinValue; x <= short.MaxValue; x++)
        {
            Assert.Equal(32768 / (1 + Math.Exp(-x / 4096.0)), SigmoidTable.Sigmoid((short)x), 1.5);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-8)]
    [InlineData(-11)]
    [InlineData(-12)]
    [InlineData(-13)]
    [InlineData(-15)]
    [InlineData(-30)]
    public void Tanh_of_every_code_is_near_the_real_one_and_odd_but_for_rounding(int power)
    {
        double near = power < -12 ? 4 : 2; // the input is rounded first where its steps are finer
        for (int x = short.MinValue; x <= short.MaxValue; x++)
        {
            short y = SigmoidTable.Tanh((short)x, power);
            Assert.Equal(Math.Clamp(32768 * Math.Tanh(x * Math.Pow(2, power)), -32768, 32767), y, near);
            Assert.InRange(y + SigmoidTable.Tanh((short)Math.Min(-x, short.MaxValue), power), -2 * near, 2 * near);
        }
    }

    /// <summary>The reference's steps, with a branch on the sign and one at the end of the table.</summary>
    [Fact]
    public void Without_branches_it_is_the_same_number()
    {
        int[] scaled = [.. Enumerable.Range(-140_000, 280_001), int.MinValue, int.MinValue + 1, int.MaxValue];
        foreach (int x in scaled)
        {
            long magnitude = Math.Abs((long)x);
            long sigmoid = magnitude >> 9 >= Last ? 0x7FFF << 10 : Line(magnitude, 9);
            sigmoid = (x >= 0 ? sigmoid + 512 : (1 << 25) - sigmoid + 511) >> 10;
            long tanh = magnitude >> 8 >= Last ? 0xFFFF << 8 : Line(magnitude, 8);
            tanh = (x >= 0 ? tanh - (1 << 23) + 128 : (1 << 23) - tanh + 127) >> 8;
            Assert.Equal((sigmoid, tanh), (SigmoidTable.SigmoidOf(x), SigmoidTable.TanhOf(x)));
        }

        static long Line(long magnitude, int bits)
        {
            int index = (int)(magnitude >> bits);
            long fraction = magnitude & ((1 << bits) - 1);
            return ((long)SigmoidTable.Entry(index) << bits)
                + (fraction * (SigmoidTable.Entry(index + 1) - SigmoidTable.Entry(index)));
        }
    }

    [Fact]
    public void Values_of_the_reference()
    {
        // By hand from the table: 24 entries a unit, so x = 4096 is entry 24 and entry 48 of tanh.
        Assert.Equal((47911 + 1) / 2, SigmoidTable.Sigmoid(4096));
        Assert.Equal((65536 - 47911) / 2, SigmoidTable.Sigmoid(-4096));
        Assert.Equal(57724 - 32768, SigmoidTable.Tanh(4096, -12));
        Assert.Equal(32768 - 57724, SigmoidTable.Tanh(-4096, -12));
        Assert.Equal(16384, SigmoidTable.Sigmoid(0));
        Assert.Equal(0, SigmoidTable.Tanh(0, -12));
        Assert.Equal(32767, SigmoidTable.Tanh(32767, 0));
        Assert.Equal(-32767, SigmoidTable.Tanh(-32768, 0));
    }
}

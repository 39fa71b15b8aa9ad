using CsCheck;
using TinyQuant.Model;
using Published = TinyQuant.Tests.Gemmlowp;

namespace TinyQuant.Generator.Tests;

/// <summary>Sums of codes as one linear form: found nearly always, and never one that is wrong.</summary>
public class LinearSumTests
{
    private static readonly Gen<float> s_scale = Gen.OneOf(Gen.Float[0.01f, 0.1f], Gen.OneOfConst(1f / 16, 1f / 32));

    /// <summary>
    /// The output's scale as a multiple of the greater one of the operands'; ones and halves make ties.
    /// </summary>
    private static readonly Gen<float> s_ratio = Gen.OneOf(Gen.Float[0.3f, 4], Gen.OneOfConst(0.5f, 1, 2));

    [Fact]
    public void A_form_has_the_reference_s_answer_to_every_pair()
    {
        int forms = 0;
        int sums = 0;
        Gen.Select(Gen.Select(s_scale, s_scale, s_ratio), Gen.Int[-128, 127].Array[3],
            Gen.OneOfConst(Rounding.Double, Rounding.Single), Gen.Bool, Gen.OneOfConst((-128, 127), (-20, 90)))
                .Sample((scales, zero, rounding, subtracts, clamp) =>
        {
            Quantization left = new(scales.Item1, zero[0]), right = new(scales.Item2, zero[1]),
                output = new(Math.Max(scales.Item1, scales.Item2) * scales.Item3, zero[2]);
            BinaryOperator op = Operator(left, right, output, subtracts);
            LinearSum? found = new SumTable(op, rounding).Linear(clamp.Item1, clamp.Item2);
            Interlocked.Increment(ref sums);
            if (found is not { } form)
            {
                return;
            }

            Interlocked.Increment(ref forms);
            Func<int, int, int> reference = Reference(left, right, output, rounding, subtracts);
            int wrong = 0;
            for (int x = -128; x <= 127; x++)
            {
                for (int y = -128; y <= 127; y++)
                {
                    long sum = ((long)form.Left * x) + ((long)form.Right * y) + form.Offset;
                    wrong += sum == (int)sum
                        && Math.Clamp(sum >> form.Shift, clamp.Item1, clamp.Item2)
                            == Math.Clamp(reference(x, y), clamp.Item1, clamp.Item2)
                        ? 0
                        : 1;
                }
            }

            Assert.Equal(0, wrong);
            Assert.InRange(Math.Abs(form.Left), 0, (1 << 23) - 256);
            Assert.InRange(Math.Abs(form.Right), 0, (1 << 23) - 256);
        }, iter: 150);
        Assert.InRange(forms, sums * 3 / 4, sums); // of scales that make ties, more have none
    }

    [Theory]
    [InlineData(0.5f, 0.5f, 1f)]
    [InlineData(0.5f, 0.25f, 1f)]
    [InlineData(0.25f, 0.25f, 0.25f)]
    [InlineData(0.25f, 0.125f, 0.5f)]
    public void Ties_go_away_from_zero(float left, float right, float output)
    {
        foreach (bool subtracts in new[] { false, true })
        {
            BinaryOperator op = Operator(new(left, -3), new(right, 7), new(output, 1), subtracts);
            Assert.NotNull(new SumTable(op, Rounding.Double).Linear(-128, 127));
        }
    }

    [Fact]
    public void Where_there_is_no_form_there_is_none()
    {
        // One of few: the answers lie across the ties so that no plane nearby keeps to all of them.
        BinaryOperator op = Operator(new(0.048903026f, -57), new(0.043745566f, 50), new(0.051257983f, 46));
        Assert.Null(new SumTable(op, Rounding.Single).Linear(-128, 127));
        Assert.NotNull(new SumTable(op, Rounding.Double).Linear(-128, 127));

        foreach (bool subtracts in new[] { false, true })
        {
            op = Operator(new(0.0219563190f, -29), new(0.0053533143f, 74), new(0.030082418f, -5), subtracts);
            Assert.Null(new SumTable(op, Rounding.Double).Linear(-128, 127));
        }

        // And the output's scale a ten millionth of the operands', which no model can hold: no bits are left after the
        // point.
        op = Operator(new(1f, 0), new(0.7f, 0), new(1e-7f, 0));
        Assert.Null(new SumTable(op, Rounding.Double).Linear(-128, 127));
    }

    private static BinaryOperator Operator(
        Quantization left, Quantization right, Quantization output, bool subtracts = false)
    {
        Tensor a = new("a", TensorType.Int8, [1], left);
        Tensor b = new("b", TensorType.Int8, [1], right);
        Tensor y = new("y", TensorType.Int8, [1], output);
        return subtracts ? new Sub([a, b], y) : new Add([a, b], y);
    }

    /// <summary>
    /// <c>CalculateOpDataAdd</c> of TFLM's add_common.cc and <c>AddFunc</c> of reference/integer_ops/add.h, or
    /// <c>CalculateOpDataSub</c> of sub_common.cc, whose quotients are float32, and <c>SubFunc</c> of reference/sub.h.
    /// </summary>
    private static Func<int, int, int> Reference(
        Quantization left, Quantization right, Quantization output, Rounding rounding, bool subtracts)
    {
        float greater = Math.Max(left.Scale, right.Scale);
        float twiceMaxFloat = 2 * greater;
        double twiceMax = 2 * (double)greater;
        Func<int, int> ofLeft = Product(subtracts ? left.Scale / twiceMaxFloat : left.Scale / twiceMax);
        Func<int, int> ofRight = Product(subtracts ? right.Scale / twiceMaxFloat : right.Scale / twiceMax);
        Func<int, int> ofOutput = Product(subtracts
            ? twiceMaxFloat / ((1 << 20) * output.Scale)
            : twiceMax / ((1 << 20) * (double)output.Scale));
        return (x, y) =>
        {
            int scaledLeft = ofLeft((x - left.ZeroPoint) * (1 << 20));
            int scaledRight = ofRight((y - right.ZeroPoint) * (1 << 20));
            return ofOutput(subtracts ? scaledLeft - scaledRight : scaledLeft + scaledRight) + output.ZeroPoint;
        };

        Func<int, int> Product(double real)
        {
            (int multiplier, int shift) = Published.QuantizeMultiplier(real);
            return rounding == Rounding.Single
                ? x => Published.MultiplyByQuantizedMultiplierWithSingleRounding(x, multiplier, shift)
                : x => Published.MultiplyByQuantizedMultiplier(x, multiplier, shift);
        }
    }
}

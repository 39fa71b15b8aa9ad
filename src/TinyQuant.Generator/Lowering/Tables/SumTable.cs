using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The factors of an int8 Add or Sub, and its answers to all 65,536 pairs of codes.</summary>
/// <remarks>As <c>CalculateOpDataAdd</c> in TFLM's add_common.cc, and <c>AddFunc</c> of reference/integer_ops/add.h.</remarks>
internal sealed class SumTable
{
    private const int LeftShift = 20;
    private const int Codes = 256;

    private readonly Quantization _left;
    private readonly Quantization _right;
    private readonly Quantization _output;
    private readonly Rounding _rounding;

    public SumTable(BinaryOperator op, Rounding rounding)
    {
        (_left, _right, _output) = (op.Left.Quantization!, op.Right.Quantization!, op.Output.Quantization!);
        _rounding = rounding;
        double twiceMax = 2 * (double)Math.Max(_left.Scale, _right.Scale);
        OfLeft = FixedPointMultiplier.Of(_left.Scale / twiceMax, rounding);
        OfRight = FixedPointMultiplier.Of(_right.Scale / twiceMax, rounding);
        OfOutput = FixedPointMultiplier.Of(twiceMax / ((1 << LeftShift) * (double)_output.Scale), rounding);
    }

    public FixedPointMultiplier OfLeft { get; }

    public FixedPointMultiplier OfRight { get; }

    public FixedPointMultiplier OfOutput { get; }

    /// <summary>The same answers by one linear form, where there is one.</summary>
    /// <param name="sign">1 for Add, -1 for Sub.</param>
    /// <param name="min">The clamp's least code.</param>
    /// <param name="max">The clamp's greatest code.</param>
    public LinearSum? Linear(int sign, int min, int max)
    {
        double left = (double)_left.Scale / _output.Scale;
        double right = sign * ((double)_right.Scale / _output.Scale);
        double offset = _output.ZeroPoint - (left * _left.ZeroPoint) - (right * _right.ZeroPoint);
        return LinearSum.Find(Answers(sign, min, max), left, right, offset, min, max);
    }

    /// <summary>[65536] answers, at (x + 128) · 256 + y + 128.</summary>
    public sbyte[] Answers(int sign, int min, int max)
    {
        int[] left = Scaled(_left.ZeroPoint, OfLeft);
        int[] right = Scaled(_right.ZeroPoint, OfRight);
        var answers = new sbyte[Codes * Codes];
        for (int i = 0; i < answers.Length; i++)
        {
            int sum = left[i / Codes] + (sign * right[i % Codes]);
            long code = (long)Gemmlowp.Multiply(sum, OfOutput, _rounding) + _output.ZeroPoint;
            answers[i] = (sbyte)Math.Min(max, Math.Max(min, code));
        }
        return answers;
    }

    private int[] Scaled(int zeroPoint, FixedPointMultiplier factor) =>
        [.. Enumerable.Range(sbyte.MinValue, Codes).Select(x => Gemmlowp.Multiply((x - zeroPoint) << LeftShift, factor, _rounding))];
}

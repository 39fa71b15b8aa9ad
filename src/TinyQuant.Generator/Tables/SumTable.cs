using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The factors of an int8 or int16 Add or Sub, and the answers of int8 to all 65,536 pairs of codes.</summary>
/// <remarks><c>AddFunc</c> of reference/integer_ops/add.h, and <c>SubFunc</c> of reference/sub.h.</remarks>
internal sealed class SumTable
{
    private const int Codes = 256;

    private readonly Quantization _left;
    private readonly Quantization _right;
    private readonly Quantization _output;
    private readonly Rounding _rounding;
    private readonly int _sign;

    public SumTable(BinaryOperator op, Rounding rounding)
    {
        (_left, _right, _output) = (op.Left.Quantization!, op.Right.Quantization!, op.Output.Quantization!);
        _rounding = rounding;
        var factors = SumFactors.Of(op);
        OfLeft = FixedPointMultiplier.Of(factors.Left, rounding);
        OfRight = FixedPointMultiplier.Of(factors.Right, rounding);
        OfOutput = FixedPointMultiplier.Of(factors.Output, rounding);
        _sign = op is Sub ? -1 : 1;
    }

    public FixedPointMultiplier OfLeft { get; }

    public FixedPointMultiplier OfRight { get; }

    public FixedPointMultiplier OfOutput { get; }

    /// <summary>The same answers by one linear form, where there is one.</summary>
    /// <param name="min">The clamp's least code.</param>
    /// <param name="max">The clamp's greatest code.</param>
    public LinearSum? Linear(int min, int max)
    {
        double left = (double)_left.Scale / _output.Scale;
        double right = _sign * ((double)_right.Scale / _output.Scale);
        double offset = _output.ZeroPoint - (left * _left.ZeroPoint) - (right * _right.ZeroPoint);
        return LinearSum.Find(Answers(min, max), left, right, offset, min, max);
    }

    /// <summary>[65536] answers, at (x + 128) · 256 + y + 128.</summary>
    public sbyte[] Answers(int min, int max)
    {
        int[] left = Scaled(_left.ZeroPoint, OfLeft);
        int[] right = Scaled(_right.ZeroPoint, OfRight);
        var answers = new sbyte[Codes * Codes];
        for (int i = 0; i < answers.Length; i++)
        {
            int sum = left[i / Codes] + (_sign * right[i % Codes]);
            long code = (long)Gemmlowp.Multiply(sum, OfOutput, _rounding) + _output.ZeroPoint;
            answers[i] = (sbyte)Math.Min(max, Math.Max(min, code));
        }

        return answers;
    }

    private int[] Scaled(int zeroPoint, FixedPointMultiplier factor) => [.. Enumerable.Range(sbyte.MinValue, Codes)
        .Select(x => Gemmlowp.Multiply((x - zeroPoint) << SumFactors.LeftShift(TensorType.Int8), factor, _rounding))];
}

namespace TinyQuant.Model;

/// <summary>
/// What int16 codes of Logistic and Tanh are multiplied by to be at steps of a table: code · multiplier / 2^shift.
/// </summary>
/// <remarks>
/// <c>CalculateArithmeticOpDataLogistic</c> of TFLM's logistic_common.cc and <c>CalculateArithmeticOpData</c> of its
/// tanh.cc. A scale that is 2^-12 but for rounding is taken for it; any other is a fraction of 15 bits, cut off.
/// </remarks>
/// <param name="Multiplier">More than 0.</param>
/// <param name="Shift">0 to 31.</param>
internal readonly record struct SigmoidStep(int Multiplier, int Shift)
{
    private const int InputBits = 12; // after the point
    private const int StepsPerUnit = 3;
    private const int ScaleLimit = 1 << 17;

    /// <summary>Of an operator whose scale <see cref="Validate"/> has nothing against.</summary>
    public static SigmoidStep Of(UnaryOperator op)
    {
        float scale = op.Input.Quantization!.Scale;
        float log = (float)((float)Math.Log(scale) * (float)(1 / (float)Math.Log(2)));
        float power = (float)Math.Round((double)log, MidpointRounding.AwayFromZero);
        int left = InputBits + (int)power;
        if (Math.Abs((float)(log - power)) < 0.001f && (left == 0 || (left == 1 && op is Tanh)))
        {
            return new(StepsPerUnit << left, 0);
        }

        double multiplier = (double)scale * (1 << InputBits) * StepsPerUnit;
        int shift = 0;
        while (multiplier <= short.MaxValue / 2.0 && shift <= 30)
        {
            shift++;
            multiplier *= 2;
        }

        return new((int)multiplier, shift);
    }

    /// <summary>What does not fit of scales and zero points.</summary>
    public static IEnumerable<string> Validate(UnaryOperator op)
    {
        IEnumerable<string> errors = Checks.Fixed(op.Output, 1f / 32768, 0).Concat(Checks.Symmetric(op.Input));
        return op.Input.Quantization is { } input && !(input.Scale < ScaleLimit)
            ? errors.Append($"the scale of '{op.Input.Name}' is so large that no int32 holds a code in steps of the "
                + "table; expected less than 2^17")
            : errors;
    }
}

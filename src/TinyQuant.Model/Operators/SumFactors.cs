namespace TinyQuant.Model;

/// <summary>
/// What an int8 or int16 Add or Sub multiplies by: codes are brought to a scale that both operands share, a sum to the
/// output's.
/// </summary>
/// <remarks>
/// <c>CalculateOpDataAdd</c> in TFLM's add_common.cc divides doubles, <c>CalculateOpDataSub</c> in sub_common.cc
/// float32; otherwise they are one formula.
/// </remarks>
/// <param name="Left">The left operand's scale over twice the greater one.</param>
/// <param name="Right">The same of the right one.</param>
/// <param name="Output">Twice the greater scale over the output's, less the bits that codes were shifted by.</param>
internal readonly record struct SumFactors(double Left, double Right, double Output)
{
    /// <summary>Bits that codes are shifted to the left by before they are multiplied.</summary>
    public static int LeftShift(TensorType type) => type == TensorType.Int16 ? 15 : 20;

    /// <summary>The factors of an operator whose tensors have one scale each.</summary>
    public static SumFactors Of(BinaryOperator op)
    {
        (float left, float right) = (op.Left.Quantization!.Scale, op.Right.Quantization!.Scale);
        float output = op.Output.Quantization!.Scale;
        float greater = Math.Max(left, right);
        int steps = 1 << LeftShift(op.Output.Type);
        if (op is Sub { IsLegacy: false })
        {
            // The casts keep each step at float32 on every runtime.
            float twice = (float)(2 * greater);
            float shifted = (float)(steps * output);
            return new((float)(left / twice), (float)(right / twice), (float)(twice / shifted));
        }

        double twiceMax = 2 * (double)greater;
        return new(left / twiceMax, right / twiceMax, twiceMax / (steps * (double)output));
    }

    /// <summary>
    /// The reference stops the process where a factor is not between 0 and 1
    /// (<c>QuantizeMultiplierSmallerThanOneExp</c> of quantization_util.cc), so that there is no answer to give.
    /// </summary>
    public static IEnumerable<string> Validate(BinaryOperator op)
    {
        Tensor[] tensors = [op.Left, op.Right, op.Output];
        if (tensors.Any(t => t.Type is not (TensorType.Int8 or TensorType.Int16) || t.Quantization is null))
        {
            yield break;
        }

        SumFactors factors = Of(op);
        if (!(factors.Left > 0 && factors.Right > 0 && factors.Output > 0))
        {
            yield return $"the scales of '{op.Left.Name}', '{op.Right.Name}' and '{op.Output.Name}' lie so far "
                + "apart that "
                + "their quotients are 0 in float32; expected scales within its normal range";
        }
        else if (factors.Output >= 1)
        {
            yield return $"the scale of '{op.Output.Name}' is so small against those of '{op.Left.Name}' and "
                + Invariant($"'{op.Right.Name}' that no sum fits; expected a ratio below ")
                + Invariant($"2^{LeftShift(op.Output.Type) - 1}");
        }
    }
}

using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// (left − right)², TensorFlow Lite's SQUARED_DIFFERENCE, in float32, int8, int16, whose zero points are 0, and int32,
/// which wraps around.
/// </summary>
/// <param name="inputs">Two operands.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class SquaredDifference(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : BinaryOperator(inputs, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new SquaredDifference(p.Inputs, p.Output, p.Line));

    /// <summary>Bits that codes are shifted to the left by before they are multiplied.</summary>
    internal int LeftShift => Output.Type == TensorType.Int16 ? 0 : 7;

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() => Checks.SameType(
        [TensorType.Float32, TensorType.Int8, TensorType.Int16, TensorType.Int32], Left, Right, Output);

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors()
    {
        const double limit = 1 << 30;
        if (Output.Type is not (TensorType.Int8 or TensorType.Int16)
            || new[] { Left, Right, Output }.Any(t => t.Quantization is null))
        {
            yield break;
        }

        if (!(Factors().Output < limit))
        {
            yield return $"the scale of '{Output.Name}' is so small against those of '{Left.Name}' and "
                + $"'{Right.Name}' that no shift reaches it; expected a ratio of squares below 2^30";
        }

        foreach (Tensor tensor in new[] { Left, Right, Output }.Distinct().Where(t =>
            t.Type == TensorType.Int16 && t.Quantization!.ZeroPoint != 0))
        {
            yield return Invariant(
                $"'{tensor.Name}' is int16 with the zero point {tensor.Quantization!.ZeroPoint}; expected 0");
        }
    }

    /// <summary>
    /// What codes are multiplied by, of operands and output with one scale each: doubles, as in
    /// <c>SquaredDifferencePrepare</c> of TFLM's squared_difference.cc.
    /// </summary>
    internal (double Left, double Right, double Output) Factors()
    {
        (float left, float right) = (Left.Quantization!.Scale, Right.Quantization!.Scale);
        double twiceMax = 2 * (double)Math.Max(left, right);
        float shifted = (float)((1 << (2 * LeftShift)) * Output.Quantization!.Scale);
        return (left / twiceMax, right / twiceMax, twiceMax * twiceMax / shifted);
    }
}

namespace TinyQuant.Model;

/// <summary>What AddN and Cumsum multiply a sum of int8 codes of one scale by.</summary>
internal static class CodeSums
{
    private const int LeftShift = 20;

    /// <summary>
    /// Twice the scale over 2^20 times the output's, in double: <c>CalculateOpData</c> of TFLM's add_n.cc and
    /// cumsum.cc.
    /// </summary>
    public static double Factor(Quantization input, Quantization output) =>
        2 * (double)input.Scale / ((1 << LeftShift) * (double)output.Scale);

    /// <summary>The reference ends the process where the factor is not below 1.</summary>
    public static IEnumerable<string> Validate(Tensor input, Tensor output)
    {
        if (output.Type == TensorType.Int8 && (input.Quantization, output.Quantization) is ({ } x, { } y)
            && !(Factor(x, y) < 1))
        {
            yield return $"the scale of '{output.Name}' is so small against that of '{input.Name}' that no sum fits; "
                + "expected a ratio below 2^19";
        }
    }
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>What takes a sum of int8 codes of one scale to the output's, as an argument.</summary>
internal static class CodeSumWriter
{
    public static KernelArgument Write(Tensor input, Tensor output, Rounding rounding)
    {
        var factor = FixedPointMultiplier.Of(CodeSums.Factor(input.Quantization!, output.Quantization!), rounding);
        return KernelArgument.New("Kernels::CodeSum",
            ("inputZeroPoint", input.Quantization!.ZeroPoint),
            ("multiplier", factor.Multiplier), ("shift", factor.Shift),
            ("outputZeroPoint", output.Quantization!.ZeroPoint));
    }
}

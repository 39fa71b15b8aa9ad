using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>L2Normalization, int8 and float32.</summary>
internal sealed class L2NormalizationEmitter : IOperatorEmitter
{
    public static readonly L2NormalizationEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var normalization = (L2Normalization)op;
        string input = context.Span(normalization.Input);
        KernelArgument depth = ("depth", normalization.Depth);
        string output = context.Span(normalization.Output);
        return normalization.Input.Type == TensorType.Float32
            ? context.Call(op, "Kernels::L2Normalization.Float32", input, depth, output)
            : context.Call(op, $"Kernels::L2Normalization.Int8<{TypeArguments.FixedPoint(context.FixedPointRounding)}>",
                input, depth, ("zeroPoint", normalization.Input.Quantization!.ZeroPoint), output);
    }
}

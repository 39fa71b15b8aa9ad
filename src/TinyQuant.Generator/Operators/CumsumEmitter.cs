using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Cumsum, int8 and float32, along any dimension.</summary>
internal sealed class CumsumEmitter : IOperatorEmitter
{
    public static readonly CumsumEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var sum = (Cumsum)op;
        string input = context.Span(sum.Input);
        KernelArgument size = ("size", sum.Input.Shape[sum.Axis]);
        KernelArgument inner = ("inner", ViewWriter.Strides(sum.Input)[sum.Axis]);
        KernelArgument exclusive = ("exclusive", sum.IsExclusive ? "true" : "false");
        KernelArgument reverse = ("reverse", sum.IsReverse ? "true" : "false");
        string output = context.Span(sum.Output);
        return sum.Input.Type == TensorType.Float32
            ? context.Call(op, "Kernels::Cumsum.Float32", input, size, inner, exclusive, reverse, output)
            : context.Call(op, $"Kernels::Cumsum.Int8<{TypeArguments.FixedPoint(context.FixedPointRounding)}>", input,
                size, inner, exclusive, reverse,
                CodeSumWriter.Write(sum.Input, sum.Output, context.FixedPointRounding), output);
    }
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>LogSoftmax, int8 with tables of what depends on a code's distance from the largest, and float32.</summary>
internal sealed class LogSoftmaxEmitter : IOperatorEmitter
{
    public static readonly LogSoftmaxEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var softmax = (LogSoftmax)op;
        string input = context.Span(softmax.Input);
        KernelArgument depth = ("depth", softmax.Depth);
        string output = context.Span(softmax.Output);
        if (softmax.Input.Type == TensorType.Float32)
        {
            return context.Call(op, "Kernels::LogSoftmax.Float32", input, depth, output);
        }

        var table = new LogSoftmaxTable(softmax.Input.Quantization!, context.FixedPointRounding);
        string name = softmax.Output.Name;
        return context.Call(op,
            $"Kernels::LogSoftmax.Int8<{TypeArguments.FixedPoint(context.FixedPointRounding)}>", input, depth,
            KernelArgument.New("Kernels::LogSoftmaxConstants",
                ("exponentials", context.Bake(name + ".exponentials", table.Exponentials,
                    "e^(-scale * distance from the largest code), Q12.19")),
                ("differences", context.Bake(name + ".differences", table.Differences,
                    "-scale * distance from the largest code, Q5.26")),
                ("least", table.Least), ("multiplier", table.Reverse.Multiplier), ("shift", table.Reverse.Shift)),
            output);
    }
}

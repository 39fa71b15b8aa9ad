using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Softmax, int8 with a table of exponentials, int16 with two tables, and float32.</summary>
internal sealed class SoftmaxEmitter : IOperatorEmitter
{
    public static readonly SoftmaxEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var softmax = (Softmax)op;
        string input = context.Span(softmax.Input);
        KernelArgument depth = ("depth", softmax.Depth);
        if (softmax.Input.Type == TensorType.Float32)
        {
            return context.Call(
                op, "Kernels::Softmax.Float32", input, depth, ("beta", softmax.Beta), context.Span(softmax.Output));
        }

        if (softmax.Input.Type == TensorType.Int16)
        {
            return Int16(softmax, context, input, depth);
        }

        string method = softmax.Output.Type == TensorType.Int16 ? "Int8ToInt16" : "Int8";
        return context.Call(op, "Kernels::Softmax." + method, input, depth,
            context.Bake(softmax.Output.Name + ".exponentials", SoftmaxTable.Of(softmax, context.FixedPointRounding),
                "e^(-scale * distance from the largest code), Q0.31"),
            context.Span(softmax.Output));
    }

    private static KernelCall Int16(Softmax op, LoweringContext context, string input, KernelArgument depth)
    {
        FixedPointMultiplier factor = SoftmaxWordTables.Factor(op, context.FixedPointRounding);
        return context.Call(op, $"Kernels::Softmax.Int16<{TypeArguments.FixedPoint(context.FixedPointRounding)}>",
            input, depth, ("multiplier", factor.Multiplier), ("shift", factor.Shift),
            Bake("exponentials", SoftmaxWordTables.Exponentials, "e^x for x from -10 to 0, Q0.15"),
            Bake("reciprocals", SoftmaxWordTables.Reciprocals, "1 / (1 + x) for x from 0 to 1, Q0.15"),
            context.Span(op.Output));

        string Bake(string name, short[] table, string comment) => context.Bake(
            $"{op.Output.Name}.{name}", TensorType.Int16, MemoryMarshal.AsBytes(table.AsSpan()).ToArray(), comment);
    }
}

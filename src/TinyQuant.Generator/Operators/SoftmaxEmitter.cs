using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Softmax, int8 with a table of exponentials, and float32.</summary>
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

        string method = softmax.Output.Type == TensorType.Int16 ? "Int8ToInt16" : "Int8";
        return context.Call(op, "Kernels::Softmax." + method, input, depth,
            context.Bake(softmax.Output.Name + ".exponentials", SoftmaxTable.Of(softmax, context.FixedPointRounding),
                "e^(-scale * distance from the largest code), Q0.31"),
            context.Span(softmax.Output));
    }
}

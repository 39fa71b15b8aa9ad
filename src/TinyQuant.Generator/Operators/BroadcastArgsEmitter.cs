using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int32 or int64.</summary>
internal sealed class BroadcastArgsEmitter : IOperatorEmitter
{
    public static readonly BroadcastArgsEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context) =>
        context.Call(op, $"Kernels::BroadcastArgs.Run<{op.Outputs[0].Type.ToCSharp()}>",
            context.Span(op.Inputs[0]), context.Span(op.Inputs[1]), context.Span(op.Outputs[0]));
}

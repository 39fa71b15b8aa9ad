using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int8; a run that does not go on ends at the call.</summary>
internal sealed class CircularBufferEmitter : IOperatorEmitter
{
    public static readonly CircularBufferEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var buffer = (CircularBuffer)op;
        return context.Call(op, $"Kernels::CircularBuffer.Append<{buffer.Input.Type.ToCSharp()}>",
            context.Span(buffer.Input), context.Span(buffer.State), context.Span(buffer.Runs),
            ("cycles", buffer.Cycles), context.Span(buffer.Output));
    }
}

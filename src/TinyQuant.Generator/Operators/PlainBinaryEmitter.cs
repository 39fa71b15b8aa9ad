using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// Functions of two elements that have one type and no numbers besides: kernels of the operators' names.
/// </summary>
internal sealed class PlainBinaryEmitter : IOperatorEmitter
{
    public static readonly PlainBinaryEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var binary = (BinaryOperator)op;
        return context.Call(op, $"Kernels::Elementwise.{op.Kind}",
            context.Span(binary.Left), context.Span(binary.Right), BroadcastWriter.Write(binary, context),
            context.Span(binary.Output));
    }
}

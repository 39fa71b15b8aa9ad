using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Maximum and Minimum: elements of any type are compared as they are.</summary>
internal sealed class MinMaxEmitter : IOperatorEmitter
{
    public static readonly MinMaxEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var binary = (BinaryOperator)op;
        return context.Call(op, $"Kernels::Elementwise.{op.Kind}<{binary.Output.Type.ToCSharp()}>",
            context.Span(binary.Left), context.Span(binary.Right), BroadcastWriter.Write(binary, context),
            context.Span(binary.Output));
    }
}

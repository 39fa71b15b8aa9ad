using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Fill, and ZerosLike, which reads nothing of its input.</summary>
internal sealed class FillEmitter : IOperatorEmitter
{
    public static readonly FillEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        string type = op.Outputs[0].Type.ToCSharp();
        return op is Fill fill
            ? context.Call(op, $"Kernels::Fill.Run<{type}>", context.Span(fill.Value), context.Span(fill.Output))
            : context.Call(op, $"Kernels::Fill.Zeros<{type}>", context.Span(op.Outputs[0]));
    }
}

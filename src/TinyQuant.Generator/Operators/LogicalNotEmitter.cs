using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>LogicalNot.</summary>
internal sealed class LogicalNotEmitter : IOperatorEmitter
{
    public static readonly LogicalNotEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context) => context.Call(
        op, "Kernels::Elementwise.LogicalNot", context.Span(op.Inputs[0]), context.Span(op.Outputs[0]));
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Operators whose output is their input, where both cannot be one memory.</summary>
internal sealed class CopyEmitter : IOperatorEmitter
{
    public static readonly CopyEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context) => context.Call(
        op, $"Kernels::RowCopy.All<{op.Inputs[0].Type.ToCSharp()}>", context.Span(op.Inputs[0]),
        context.Span(op.Outputs[0]));
}

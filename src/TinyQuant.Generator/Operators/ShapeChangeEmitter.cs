using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Reshape, Squeeze and ExpandDims where input and output cannot be one memory.</summary>
internal sealed class ShapeChangeEmitter : IOperatorEmitter
{
    public static readonly ShapeChangeEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context) => context.Call(
        op, $"Kernels::RowCopy.All<{op.Inputs[0].Type.ToCSharp()}>", context.Span(op.Inputs[0]),
        context.Span(op.Outputs[0]));
}

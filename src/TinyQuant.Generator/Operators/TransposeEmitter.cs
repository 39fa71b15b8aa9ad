using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Transpose, any type.</summary>
internal sealed class TransposeEmitter : IOperatorEmitter
{
    public static readonly TransposeEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var transpose = (Transpose)op;
        int[] strides = ViewWriter.Strides(transpose.Input);
        KernelArgument view = ViewWriter.Write(context, op.Outputs[0].Name + ".order", 0,
            transpose.Permutation.Select(d => (transpose.Input.Shape[d], strides[d])));
        return context.Call(op, $"Kernels::StridedCopy.Gather<{transpose.Input.Type.ToCSharp()}>",
            context.Span(transpose.Input), view, context.Span(transpose.Output));
    }
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Slice and StridedSlice, any type.</summary>
internal sealed class SlicingEmitter : IOperatorEmitter
{
    public static readonly SlicingEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var slicing = (Slicing)op;
        int[] strides = ViewWriter.Strides(slicing.Input);
        int begin = strides.Select((stride, d) => slicing.Begin[d] * stride).Sum();
        // Where one index is taken there is no next one, however long the step to it.
        KernelArgument view = ViewWriter.Write(context, op.Outputs[0].Name + ".slice", begin,
            strides.Select((stride, d) => (slicing.Size[d], slicing.Size[d] == 1 ? 0 : slicing.Strides[d] * stride)));
        return context.Call(op, $"Kernels::StridedCopy.Gather<{slicing.Input.Type.ToCSharp()}>",
            context.Span(slicing.Input), view, context.Span(slicing.Output));
    }
}

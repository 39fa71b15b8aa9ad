using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>DynamicSlice and DynamicUpdateSlice, any type.</summary>
internal sealed class DynamicSliceEmitter : IOperatorEmitter
{
    public static readonly DynamicSliceEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var movement = (Movement)op;
        Tensor whole = movement.Input;
        Tensor part = op is DynamicUpdateSlice update ? update.Update : movement.Output;
        Tensor begin = op.Inputs[op.Inputs.Length - 1];
        int[] strides = ViewWriter.Strides(whole);
        int rank = strides.Length;
        string table = context.Bake(movement.Output.Name + ".place",
            [.. whole.Shape.Select((size, d) => size - part.Shape[d]), .. strides],
            "for each dimension, where the part may begin at last, and the elements from one index to the next");
        KernelArgument place = KernelArgument.New("Kernels::PartPlace",
            ("room", Invariant($"{table}.Slice(0, {rank})")),
            ("strides", Invariant($"{table}.Slice({rank}, {rank})")));
        KernelArgument view = ViewWriter.Write(context, movement.Output.Name + ".part", 0,
            strides.Select((stride, d) => (part.Shape[d], stride)));
        string types = $"{whole.Type.ToCSharp()}, {begin.Type.ToCSharp()}";
        return op is DynamicUpdateSlice
            ? context.Call(op, $"Kernels::DynamicSlice.Update<{types}>", context.Span(whole), context.Span(part),
                context.Span(begin), place, view, context.Span(movement.Output))
            : context.Call(op, $"Kernels::DynamicSlice.Read<{types}>", context.Span(whole), context.Span(begin),
                place, view, context.Span(part));
    }
}

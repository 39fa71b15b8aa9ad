using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>MirrorPad, any type.</summary>
internal sealed class MirrorPadEmitter : IOperatorEmitter
{
    public static readonly MirrorPadEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var pad = (MirrorPad)op;
        int rank = pad.Input.Shape.Length;
        string table = context.Bake(pad.Output.Name + ".mirror", [.. pad.Input.Shape, .. pad.Paddings],
            "sizes of dimensions, and how many elements come before and after those of each");
        return context.Call(op, $"Kernels::MirrorPad.Run<{pad.Input.Type.ToCSharp()}>", context.Span(pad.Input),
            ("sizes", Invariant($"{table}.Slice(0, {rank})")),
            ("paddings", Invariant($"{table}.Slice({rank}, {2 * rank})")), ("offset", pad.IsSymmetric ? 0 : 1),
            context.Span(pad.Output));
    }
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Cast; of one type to itself it is a copy, where input and output cannot be one memory.</summary>
internal sealed class CastEmitter : IOperatorEmitter
{
    public static readonly CastEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var cast = (Cast)op;
        return cast.IsAlias
            ? CopyEmitter.Instance.Lower(op, index, context)
            : context.Call(op, $"Kernels::Cast.Run<{cast.Input.Type.ToCSharp()}, {cast.Output.Type.ToCSharp()}>",
                context.Span(cast.Input), context.Span(cast.Output));
    }
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>SelectV2, of any type: what is taken where the condition is true, then what is taken elsewhere.</summary>
internal sealed class SelectEmitter : IOperatorEmitter
{
    public static readonly SelectEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var select = (SelectV2)op;
        return context.Calls(op, $"Kernels::Select.Where<{select.Output.Type.ToCSharp()}>",
            [Take(select, select.WhenTrue, "true", context), Take(select, select.WhenFalse, "false", context)]);
    }

    private static KernelArgument[] Take(SelectV2 op, Tensor values, string wanted, LoweringContext context) =>
    [
        context.Span(op.Condition), context.Span(values),
        BroadcastWriter.Write(
            "geometry", op.Condition.Shape, values.Shape, op.Output, op.Output.Shape, context),
        ("wanted", wanted), context.Span(op.Output),
    ];
}

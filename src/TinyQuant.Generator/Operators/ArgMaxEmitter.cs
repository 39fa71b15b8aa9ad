using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>ArgMax of int8 or float32, along any dimension.</summary>
internal sealed class ArgMaxEmitter : IOperatorEmitter
{
    public static readonly ArgMaxEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var argMax = (ArgMax)op;
        return context.Call(op, "Kernels::ArgMax.Along",
            context.Span(argMax.Input),
            ("size", argMax.Input.Shape[argMax.Axis]),
            ("inner", ViewWriter.Strides(argMax.Input)[argMax.Axis]),
            context.Span(argMax.Output));
    }
}

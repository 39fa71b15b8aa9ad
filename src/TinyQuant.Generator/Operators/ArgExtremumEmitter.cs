using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>ArgMax and ArgMin of int8 or float32, along any dimension.</summary>
internal sealed class ArgExtremumEmitter : IOperatorEmitter
{
    public static readonly ArgExtremumEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var extremum = (ArgExtremum)op;
        return context.Call(op,
            op is ArgMax ? "Kernels::ArgMax.Along" : $"Kernels::ArgMin.Along<{extremum.Input.Type.ToCSharp()}>",
            context.Span(extremum.Input),
            ("size", extremum.Input.Shape[extremum.Axis]),
            ("inner", ViewWriter.Strides(extremum.Input)[extremum.Axis]),
            context.Span(extremum.Output));
    }
}

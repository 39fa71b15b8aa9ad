using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>AddN: float32 sums of two, one after another; int8 sums in scratch, which become codes last.</summary>
internal sealed class AddNEmitter : IOperatorEmitter
{
    public static readonly AddNEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var add = (AddN)op;
        return add.Output.Type == TensorType.Float32 ? Float32(add, context) : Int8(add, context);
    }

    private static KernelCall Float32(AddN op, LoweringContext context)
    {
        string output = context.Span(op.Output);
        return context.Calls(op, "Kernels::Elementwise.Add",
        [
            .. op.Inputs.Skip(1).Select((input, i) => new KernelArgument[]
            {
                i == 0 ? context.Span(op.Inputs[0]) : output, context.Span(input), ("geometry", "default"),
                ("min", float.NegativeInfinity), ("max", float.PositiveInfinity), output,
            }),
        ]);
    }

    private static KernelCall Int8(AddN op, LoweringContext context)
    {
        string sums = context.Scratch(op.Output.Name + ".sums", TensorType.Int32, op.Output.ElementCount);
        string output = context.Span(op.Output);
        KernelCall add = context.Calls(op, "Kernels::AddN.Sum",
        [
            .. op.Inputs.Select((input, i) => new KernelArgument[]
            {
                context.Span(input), ("starts", i == 0 ? "true" : "false"), sums,
            }),
        ]);
        KernelCall codes = context.Call(
            op, $"Kernels::AddN.Int8<{TypeArguments.FixedPoint(context.FixedPointRounding)}>", sums,
            ("tensors", op.Inputs.Length),
            CodeSumWriter.Write(op.Inputs[0], op.Output, context.FixedPointRounding), output);
        return add with { Further = add.Further.Add(codes with { Buffers = [] }) };
    }
}

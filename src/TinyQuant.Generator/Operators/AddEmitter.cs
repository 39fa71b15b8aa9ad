using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Add and Sub, int8, int16, int32 and float32.</summary>
internal sealed class AddEmitter : IOperatorEmitter
{
    public static readonly AddEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var binary = (BinaryOperator)op;
        Activation activation = op is Add add ? add.Activation : ((Sub)op).Activation;
        string left = context.Span(binary.Left);
        string right = context.Span(binary.Right);
        KernelArgument geometry = BroadcastWriter.Write(binary, context);
        string output = context.Span(binary.Output);
        if (binary.Output.Type == TensorType.Float32)
        {
            (float min, float max) = ActivationRange.Float32(activation);
            return context.Call(
                op, $"Kernels::Elementwise.{op.Kind}", left, right, geometry, ("min", min), ("max", max), output);
        }

        if (binary.Output.Type == TensorType.Int32)
        {
            // The reference leaves the activation of int32 sums out, and not that of differences: add_common.cc.
            (int least, int greatest) = ActivationRange.Int32(op is Add ? Activation.None : activation);
            return context.Call(op, $"Kernels::Elementwise.{op.Kind}Int32", left, right, geometry,
                ("min", least), ("max", greatest), output);
        }

        return binary.Output.Type == TensorType.Int16
            ? Int16(binary, activation, context, left, right, geometry, output)
            : Int8(binary, activation, context, left, right, geometry, output);
    }

    private static KernelCall Int16(
        BinaryOperator op, Activation activation, LoweringContext context, string left, string right,
        KernelArgument geometry, string output)
    {
        (int min, int max) = ActivationRange.QuantizedInt16(activation, op.Output.Quantization!);
        var table = new SumTable(op, context.FixedPointRounding);
        string rounding = TypeArguments.FixedPoint(context.FixedPointRounding);
        return context.Call(op, $"Kernels::Add.{(op is Sub ? "SubInt16" : "Int16")}<{rounding}>",
            left, right, geometry, Constants(op, table, min, max), output);
    }

    private static KernelCall Int8(
        BinaryOperator op, Activation activation, LoweringContext context, string left, string right,
        KernelArgument geometry, string output)
    {
        (int min, int max) = ActivationRange.Quantized(activation, op.Output.Quantization!);
        var table = new SumTable(op, context.FixedPointRounding);
        return (context.Budget.MaySearchSum() ? table.Linear(min, max) : null) is { } linear
            ? context.Call(op, "Kernels::LinearAdd.Int8", left, right, geometry,
                KernelArgument.New("Kernels::LinearConstants",
                    ("left", linear.Left), ("right", linear.Right), ("offset", linear.Offset), ("shift", linear.Shift),
                    ("min", min), ("max", max)),
                output)
            : context.Call(op,
                $"Kernels::Add.{(op is Sub ? "SubInt8" : "Int8")}<{TypeArguments.FixedPoint(context.FixedPointRounding)}>",
                left, right, geometry, Constants(op, table, min, max), output);
    }

    private static KernelArgument Constants(BinaryOperator op, SumTable table, int min, int max) =>
        KernelArgument.New("Kernels::AddConstants",
        ("leftZeroPoint", op.Left.Quantization!.ZeroPoint), ("leftMultiplier", table.OfLeft.Multiplier),
        ("leftShift", table.OfLeft.Shift),
        ("rightZeroPoint", op.Right.Quantization!.ZeroPoint), ("rightMultiplier", table.OfRight.Multiplier),
        ("rightShift", table.OfRight.Shift),
        ("outputZeroPoint", op.Output.Quantization!.ZeroPoint), ("outputMultiplier", table.OfOutput.Multiplier),
        ("outputShift", table.OfOutput.Shift),
        ("min", min), ("max", max));
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Add and Sub, int8 and float32.</summary>
internal sealed class AddEmitter : IOperatorEmitter
{
    private const int LeftShift = 20; // of TFLM's add_common.cc, for int8

    public static readonly AddEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var binary = (BinaryOperator)op;
        Activation activation = op is Add add ? add.Activation : ((Sub)op).Activation;
        string left = context.Span(binary.Left);
        string right = context.Span(binary.Right);
        string geometry = BroadcastWriter.Write(binary, context);
        string output = context.Span(binary.Output);
        if (binary.Output.Type == TensorType.Float32)
        {
            (float min, float max) = activation.Range();
            return context.Call(op, $"Kernels::Elementwise.{op.Kind}", left, right, geometry, Literals.Float(min), Literals.Float(max), output);
        }
        return context.Call(op, $"Kernels::Add.{(op is Sub ? "SubInt8" : "Int8")}<{FixedPointNames.Rounding(context)}>",
            left, right, geometry, Constants(binary, activation, context.FixedPointRounding), output);
    }

    /// <summary>As <c>CalculateOpDataAdd</c> in TFLM's add_common.cc.</summary>
    private static string Constants(BinaryOperator op, Activation activation, Rounding rounding)
    {
        Quantization left = op.Left.Quantization!;
        Quantization right = op.Right.Quantization!;
        Quantization output = op.Output.Quantization!;
        double twiceMax = 2 * (double)Math.Max(left.Scale, right.Scale);
        var ofLeft = FixedPointMultiplier.Of(left.Scale / twiceMax, rounding);
        var ofRight = FixedPointMultiplier.Of(right.Scale / twiceMax, rounding);
        var ofOutput = FixedPointMultiplier.Of(twiceMax / ((1 << LeftShift) * (double)output.Scale), rounding);
        (int min, int max) = ActivationRange.Quantized(activation, output);
        return $"new Kernels::AddConstants(leftZeroPoint: {left.ZeroPoint}, leftMultiplier: {ofLeft.Multiplier}, leftShift: {ofLeft.Shift}, "
            + $"rightZeroPoint: {right.ZeroPoint}, rightMultiplier: {ofRight.Multiplier}, rightShift: {ofRight.Shift}, "
            + $"outputZeroPoint: {output.ZeroPoint}, outputMultiplier: {ofOutput.Multiplier}, outputShift: {ofOutput.Shift}, min: {min}, max: {max})";
    }
}

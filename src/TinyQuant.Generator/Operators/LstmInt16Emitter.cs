using System.Runtime.InteropServices;
using TinyQuant.Kernels.Int16;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int16 with int8 weights: the four gates as one matrix, zero points folded into the biases.</summary>
internal sealed class LstmInt16Emitter : IOperatorEmitter
{
    public static readonly LstmInt16Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var lstm = (UnidirectionalSequenceLstm)op;
        var input = new StackedMatrix(lstm.InputWeights);
        var recurrent = new StackedMatrix(lstm.RecurrentWeights);
        long[] bias = [.. lstm.Biases.SelectMany(b => WideIntegers.Of(b, lstm.Units))];
        string name = lstm.Output.Name;
        return context.Call(op,
            $"Kernels::UnidirectionalSequenceLstm.Int16<{TypeArguments.FixedPoint(context.FixedPointRounding)}>",
            context.Span(lstm.Input),
            ("isTimeMajor", lstm.IsTimeMajor ? "true" : "false"),
            input.Bake(context),
            Bake(context, name + ".bias", input.FoldZeroPoint(bias, lstm.Input.Quantization!.ZeroPoint),
                "bias - zero point * sum of weights"),
            recurrent.Bake(context),
            Bake(context, name + ".recurrent.bias",
                recurrent.FoldZeroPoint(new long[recurrent.Rows], lstm.Output.Quantization!.ZeroPoint),
                "- zero point * sum of weights"),
            LstmScalingEmitter.Write(lstm, context),
            context.Scratch(name + ".gates", TensorType.Int16, recurrent.Rows),
            context.Scratch(
                name + ".row", TensorType.Int16, Int16Layout.Padded(Math.Max(lstm.Input.Shape[2], lstm.Units))),
            context.Span(lstm.OutputState),
            context.Span(lstm.CellState),
            context.Span(lstm.Output));
    }

    private static string Bake(LoweringContext context, string name, long[] values, string comment) =>
        context.Bake(name, TensorType.Int64, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), comment);
}

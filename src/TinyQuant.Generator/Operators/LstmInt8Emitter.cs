using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int8 with an int16 cell state: the four gates as one matrix, zero points folded into the biases.</summary>
internal sealed class LstmInt8Emitter : IOperatorEmitter
{
    public static readonly LstmInt8Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var lstm = (UnidirectionalSequenceLstm)op;
        var input = new StackedMatrix(lstm.InputWeights);
        var recurrent = new StackedMatrix(lstm.RecurrentWeights);
        int[] bias = input.FoldZeroPoint(StackedMatrix.IntegersOf(lstm.Biases), lstm.Input.Quantization!.ZeroPoint);
        int[] recurrentBias = recurrent.FoldZeroPoint(new int[recurrent.Rows], lstm.Output.Quantization!.ZeroPoint);
        return context.Call(op,
            $"Kernels::UnidirectionalSequenceLstm.Int8<{StackedMatrix.Range(input, recurrent)}, "
                + $"{TypeArguments.FixedPoint(context.FixedPointRounding)}>",
            context.Span(lstm.Input),
            ("isTimeMajor", lstm.IsTimeMajor ? "true" : "false"),
            input.BakePacked(context),
            context.Bake(lstm.Output.Name + ".bias", bias, "bias - zero point * sum of weights"),
            recurrent.BakePacked(context),
            context.Bake(lstm.Output.Name + ".recurrent.bias", recurrentBias, "- zero point * sum of weights"),
            LstmScalingEmitter.Write(lstm, context),
            context.Scratch(lstm.Output.Name + ".gates", TensorType.Int16, recurrent.Rows),
            context.Span(lstm.OutputState),
            context.Span(lstm.CellState),
            context.Span(lstm.Output));
    }
}

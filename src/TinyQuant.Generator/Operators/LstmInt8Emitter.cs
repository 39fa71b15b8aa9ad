using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int8 with an int16 cell state: the four gates as one matrix, zero points folded into the biases.</summary>
internal sealed class LstmInt8Emitter : IOperatorEmitter
{
    private const int ActivationPower = -15; // the steps of an activated gate
    private const int NoClip = 1 << 15;

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
            Scaling(lstm, context),
            context.Scratch(lstm.Output.Name + ".gates", TensorType.Int16, recurrent.Rows),
            context.Span(lstm.OutputState),
            context.Span(lstm.CellState),
            context.Span(lstm.Output));
    }

    private static KernelArgument Scaling(UnidirectionalSequenceLstm lstm, LoweringContext context)
    {
        FixedPointMultiplier[] multipliers = [
            .. Factors(lstm).Select(f => FixedPointMultiplier.Of(f, context.FixedPointRounding))];
        string name = lstm.Output.Name;
        return KernelArgument.New("Kernels::LstmScaling",
            context.Bake(name + ".multipliers", [.. multipliers.Select(m => m.Multiplier)],
                "of gates, cell state and output, Q0.31"),
            context.Bake(
                name + ".shifts", [.. multipliers.Select(m => m.Shift)], "their shifts, negative to the right"),
            ("cellPower", lstm.CellPower), ("cellClip", Clip(lstm)),
            ("outputZeroPoint", lstm.Output.Quantization!.ZeroPoint));
    }

    /// <summary>
    /// As <c>PrepareGateParametersInteger</c> of TFLM's lstm_eval_common.cc: sums as FullyConnected per tensor, with a
    /// float32 product of scales; products of gates in double.
    /// </summary>
    private static IEnumerable<double> Factors(UnidirectionalSequenceLstm lstm)
    {
        double gate = Math.Pow(2, UnidirectionalSequenceLstm.GatePower);
        double activated = Math.Pow(2, ActivationPower);
        double cell = lstm.CellState.Quantization!.Scale;
        return
        [
            .. lstm.InputWeights.Select(w => (float)(lstm.Input.Quantization!.Scale * w.Quantization!.Scale) / gate),
            .. lstm.RecurrentWeights.Select(w =>
                (float)(lstm.Output.Quantization!.Scale * w.Quantization!.Scale) / gate),
            activated * cell / cell,
            activated * activated / cell,
            activated * activated / lstm.Output.Quantization!.Scale,
        ];
    }

    private static int Clip(UnidirectionalSequenceLstm lstm) => lstm.CellClip > 0
        ? (int)Math.Min((double)lstm.CellClip / lstm.CellState.Quantization!.Scale, short.MaxValue)
        : NoClip;
}

using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The factors of an integer LSTM, as an argument.</summary>
internal static class LstmScalingEmitter
{
    private const int GateProducts = 8; // four gates, of input and of output state
    private const int ActivationPower = -15; // the steps of an activated gate
    private const int NoClip = 1 << 15;

    /// <summary>Bakes them and returns the argument that holds them.</summary>
    public static KernelArgument Write(UnidirectionalSequenceLstm lstm, LoweringContext context)
    {
        FixedPointMultiplier[] multipliers = [
            .. Factors(lstm).Select(f => FixedPointMultiplier.Of(f, context.FixedPointRounding))];
        string name = lstm.Output.Name;
        bool isWide = lstm.Input.Type == TensorType.Int16; // sums of 64 bits
        return KernelArgument.New("Kernels::LstmScaling",
            context.Bake(
                name + ".multipliers",
                [.. multipliers.Select((m, i) => isWide && i < GateProducts ? m.Narrow : m.Multiplier)],
                isWide ? "of gates, Q0.15, cell state and output, Q0.31" : "of gates, cell state and output, Q0.31"),
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

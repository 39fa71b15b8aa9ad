using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Signal operators over spectra and the bands of a filter bank.</summary>
internal sealed class SignalBandEmitter : IOperatorEmitter
{
    public static readonly SignalBandEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context) => op switch
    {
        SignalEnergy energy => context.Call(op, "Kernels::SignalEnergy.Run",
            context.Span(energy.Input), ("start", energy.StartIndex), ("end", energy.EndIndex),
            context.Span(energy.Output)),
        SignalFilterBank bank => context.Call(op, "Kernels::SignalFilterBank.Run",
            [.. bank.Inputs.Select(t => (KernelArgument)context.Span(t)), context.Span(bank.Output)]),
        SignalFilterBankSquareRoot root => context.Call(op, "Kernels::SignalFilterBankSquareRoot.Run",
            context.Span(root.Input), context.Span(root.Bits), context.Span(root.Output)),
        SignalFilterBankSpectralSubtraction subtraction => Subtraction(subtraction, context),
        SignalPcan pcan => context.Call(op, "Kernels::SignalPcan.Run",
            context.Span(pcan.Input), context.Span(pcan.Estimate), context.Span(pcan.Table),
            ("snrShift", pcan.SnrShift), context.Span(pcan.Output)),
        _ => Logarithm((SignalFilterBankLog)op, context),
    };

    private static KernelCall Subtraction(SignalFilterBankSpectralSubtraction op, LoweringContext context)
    {
        SpectralSubtraction subtraction = op.Subtraction;
        KernelArgument options = KernelArgument.New("Kernels::SpectralSubtractionOptions",
            ("smoothing", subtraction.Even.New), ("oneMinusSmoothing", subtraction.Even.Old),
            ("alternateSmoothing", subtraction.Odd.New), ("alternateOneMinusSmoothing", subtraction.Odd.Old),
            ("minSignalRemaining", subtraction.MinSignalRemaining), ("smoothingBits", subtraction.SmoothingBits),
            ("subtractionBits", subtraction.SubtractionBits));
        return context.Call(op, "Kernels::SignalFilterBankSpectralSubtraction.Run",
            context.Span(op.Input), options, ("clamping", subtraction.Clamping ? "true" : "false"),
            context.Span(op.State), context.Span(op.Output), context.Span(op.Estimate));
    }

    private static KernelCall Logarithm(SignalFilterBankLog log, LoweringContext context) => context.Call(
        log, "Kernels::SignalFilterBankLog.Run",
        context.Span(log.Input),
        context.Bake(log.Output.Name + ".logarithms", TensorType.Int16, LogarithmTable.Bytes(),
            "log2(1 + j / 128) - j / 128, in 1/65536"),
        ("correctionBits", log.InputCorrectionBits), ("outputScale", log.OutputScale), context.Span(log.Output));
}

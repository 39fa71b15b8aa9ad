using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Signal operators over samples: windows, delays, frames and back.</summary>
internal sealed class SignalFrameEmitter : IOperatorEmitter
{
    public static readonly SignalFrameEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context) => op switch
    {
        SignalWindow window => context.Call(op, "Kernels::SignalWindow.Run",
            context.Span(window.Input), context.Span(window.Weights), ("shift", window.Shift),
            context.Span(window.Output)),
        SignalFftAutoScale scale => context.Call(op, "Kernels::SignalFftAutoScale.Run",
            context.Span(scale.Input), context.Span(scale.Output), context.Span(scale.Bits)),
        SignalDelay delay => context.Call(op, "Kernels::SignalDelay.Run",
            context.Span(delay.Input), ("rows", delay.Rows), context.Span(delay.State), context.Span(delay.Output)),
        SignalFramer framer => context.Call(op, "Kernels::SignalFramer.Run",
            context.Span(framer.Input), ("rows", framer.Rows), ("frames", framer.Frames), context.Span(framer.State),
            context.Span(framer.Count), context.Span(framer.Output), context.Span(framer.Valid)),
        SignalStacker stacker => context.Call(op, "Kernels::SignalStacker.Run",
            context.Span(stacker.Input), ("leftContext", stacker.LeftContext), ("step", stacker.Step),
            context.Span(stacker.State), context.Span(stacker.Count), context.Span(stacker.Output),
            context.Span(stacker.Valid)),
        _ => OverlapAdd((SignalOverlapAdd)op, context),
    };

    private static KernelCall OverlapAdd(SignalOverlapAdd add, LoweringContext context) => context.Call(
        add, $"Kernels::SignalOverlapAdd.{(add.Input.Type == TensorType.Int16 ? "Int16" : "Float32")}",
        context.Span(add.Input), ("rows", add.Rows), ("frames", add.Frames), context.Span(add.State),
        context.Span(add.Output));
}

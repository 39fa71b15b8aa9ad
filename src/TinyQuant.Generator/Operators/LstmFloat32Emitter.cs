using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>All float32: the four gates as one matrix.</summary>
internal sealed class LstmFloat32Emitter : IOperatorEmitter
{
    public static readonly LstmFloat32Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var lstm = (UnidirectionalSequenceLstm)op;
        var recurrent = new StackedMatrix(lstm.RecurrentWeights);
        return context.Call(op, "Kernels::UnidirectionalSequenceLstm.Float32",
            context.Span(lstm.Input),
            ("isTimeMajor", lstm.IsTimeMajor ? "true" : "false"),
            new StackedMatrix(lstm.InputWeights).Bake(context),
            recurrent.Bake(context),
            context.Bake(lstm.Output.Name + ".bias", TensorType.Float32, StackedMatrix.BytesOf(lstm.Biases), "bias"),
            ("cellClip", lstm.CellClip > 0 ? lstm.CellClip : float.PositiveInfinity),
            context.Scratch(lstm.Output.Name + ".gates", TensorType.Float32, recurrent.Rows),
            context.Span(lstm.OutputState),
            context.Span(lstm.CellState),
            context.Span(lstm.Output));
    }
}

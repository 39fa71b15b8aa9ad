using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Plans <c>Classify</c> where a model has one input and one output vector.</summary>
internal static class ClassifyLowering
{
    private const float PixelScale = 1f / 255;

    public static ClassifyPlan? Plan(LoweringContext context, IReadOnlyList<KernelCall> calls)
    {
        Graph graph = context.Graph;
        if (graph.Inputs.Length != 1 || graph.Outputs.Length != 1 || !IsVector(graph.Outputs[0])
            || calls.Any(c => c.EndsRuns))
        {
            return null;
        }

        Tensor input = graph.Inputs[0];
        Tensor output = graph.Outputs[0];
        int last = calls.Count - 1;
        bool lastWritesOutput = calls[last].Operator.Outputs.SequenceEqual(graph.Outputs);
        var emitter = calls[last].IsNothing ? null : OperatorEmitters.For(calls[last].Operator) as IAccumulatorEmitter;
        bool byAccumulators = lastWritesOutput && emitter is not null
            && emitter.AccumulatorsOrderScores(calls[last].Operator);
        ArenaBuffer scores = byAccumulators
            ? context.ForClassify(output.Name + ".accumulators", TensorType.Int32, output.ElementCount, last, last)
            : context.ForClassify(
                output.Name + ".scores", output.Type, output.ElementCount, FirstWrite(context, output), last);
        KernelCall? lastCall = byAccumulators ? emitter!.LowerToAccumulators(calls[last], scores) : null;
        ArenaBuffer? codes = ClassifyPlan.TakesReals(input)
            ? context.ForClassify("codes", TensorType.Int8, input.ElementCount, -1,
                Math.Max(0, context.StorageOf(input).Tensors.Max(context.LastRead)))
            : null;
        bool takesPixels = TakesPixels(input);
        KernelCall? ofPixels = takesPixels && calls.Count == 1 && lastCall is not null
            ? emitter!.OfPixels(lastCall, ClassifyPlan.PixelsName, context)
            : null;
        return new ClassifyPlan(lastCall, scores, codes, takesPixels, ofPixels);
    }

    private static bool IsVector(Tensor tensor) =>
        tensor.Shape.Length > 0 && tensor.Shape[tensor.Shape.Length - 1] == tensor.ElementCount
        && tensor.Type is TensorType.Int8 or TensorType.UInt8 or TensorType.Float32;

    /// <summary>The memory of the scores may hold an earlier tensor too, which an alias turns into them.</summary>
    private static int FirstWrite(LoweringContext context, Tensor tensor) => context.StorageOf(tensor).FirstUse;

    /// <summary>real = byte / 255 or real = byte, both with code = byte - 128.</summary>
    private static bool TakesPixels(Tensor input) =>
        input.Type == TensorType.Int8 && input.Quantization is { ZeroPoint: sbyte.MinValue, Scale: PixelScale or 1f };
}

using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int8 with a state of int16 or int8: zero points folded into both biases.</summary>
internal sealed class SvdfInt8Emitter : IOperatorEmitter
{
    public static readonly SvdfInt8Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var svdf = (Svdf)op;
        var features = new StackedMatrix(svdf.FeatureWeights);
        int[] featureBias = features.FoldZeroPoint(new int[features.Rows], svdf.Input.Quantization!.ZeroPoint);
        return context.Call(op,
            $"Kernels::Svdf.Int8<{StackedMatrix.Range(features)}, "
                + $"{TypeArguments.FixedPoint(context.FixedPointRounding)}>",
            context.Span(svdf.Input),
            features.BakePacked(context),
            context.Bake(svdf.State.Name + ".bias", featureBias, "- zero point * sum of weights"),
            context.Span(svdf.TimeWeights),
            context.Bake(svdf.Output.Name + ".bias", Bias(svdf), "bias - zero point * sum of weights"),
            Scaling(svdf, context),
            context.Span(svdf.State),
            context.Span(svdf.Output));
    }

    private static int[] Bias(Svdf svdf)
    {
        int units = svdf.Output.Shape[1];
        int[] bias = svdf.Bias is { } constant ? StackedMatrix.IntegersOf([constant]) : new int[units];
        ReadOnlySpan<byte> bytes = svdf.TimeWeights.Data!.Value.AsSpan();
        int[] weights = svdf.TimeWeights.Type == TensorType.Int16
            ? [.. MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(w => (int)w)]
            : [.. MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray().Select(w => (int)w)];
        int length = weights.Length / units;
        int zeroPoint = svdf.State.Quantization!.ZeroPoint;
        for (int i = 0; i < weights.Length; i++)
        {
            bias[i / length] = unchecked(bias[i / length] - (zeroPoint * weights[i]));
        }

        return bias;
    }

    /// <summary>Both factors are float32, as in <c>PrepareSvdf</c> of TFLM's svdf_common.cc.</summary>
    private static KernelArgument Scaling(Svdf svdf, LoweringContext context)
    {
        Quantization state = svdf.State.Quantization!;
        Quantization output = svdf.Output.Quantization!;
        FixedPointMultiplier toState = FixedPointMultiplier.Of(
            Factor(svdf.Input.Quantization!.Scale, svdf.FeatureWeights.Quantization!.Scale, state.Scale),
            context.FixedPointRounding);
        FixedPointMultiplier toOutput = FixedPointMultiplier.Of(
            Factor(state.Scale, svdf.TimeWeights.Quantization!.Scale, output.Scale), context.FixedPointRounding);
        return KernelArgument.New("Kernels::SvdfScaling",
            ("stateMultiplier", toState.Multiplier), ("stateShift", toState.Shift), ("stateZeroPoint", state.ZeroPoint),
            ("outputMultiplier", toOutput.Multiplier), ("outputShift", toOutput.Shift),
            ("outputZeroPoint", output.ZeroPoint));
    }

    // The casts keep each step at float32 on every runtime.
    private static float Factor(float x, float weights, float y) => (float)((float)(x * weights) / y);
}

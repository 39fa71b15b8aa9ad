using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Refusals;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>CONV_2D, DEPTHWISE_CONV_2D and TRANSPOSE_CONV.</summary>
internal static class ConvolutionMapping
{
    private const int ImageRank = 4;

    public static MappedOperator Conv2D(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 1, fields: 7);
        RequireWeights(source, image: 0, weights: 1, bias: 2);
        bool isSymmetric = IsHybrid(source, image: 0, weights: 1) && !HasScalesOfChannels(source);
        bool narrowSums = AccumulatorTypes.HasNarrowSums(source, (TfliteType)options.UInt8(6), bias: 2);
        return Map(
            (inputs, outputs, window) => new Conv2D(
                inputs, outputs[0], window, narrowSums: narrowSums, isLegacy: source.IsLegacy,
                symmetricInputs: isSymmetric), source,
            source.WithOptional(2, 0, 1), Window(
            stride: options.HeightWidth(1, 2), dilation: options.HeightWidth(4, 5, missing: 1), options,
            activation: 3));
    }

    public static MappedOperator DepthwiseConv2D(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 2, fields: 7);
        RequireWeights(source, image: 0, weights: 1, bias: 2);
        RequireHybridPerChannel(source);
        int channels = source.InputTensor(0).Shape[^1];
        int outputs = source.InputTensor(1).Shape[^1];
        int multiplier = options.Int32(3);
        return multiplier != 0 && (long)channels * multiplier != outputs // 0: converters that leave it to the shapes
            ? throw new UnsupportedException(
                Invariant($"its depth multiplier is {multiplier}; {channels} channels in and {outputs} out expect ")
                    + "another")
            : Map((inputs, outputs, window) => new DepthwiseConv2D(
                inputs, outputs[0], window, isLegacy: source.IsLegacy), source,
                source.WithOptional(2, 0, 1), Window(
                stride: options.HeightWidth(1, 2), dilation: options.HeightWidth(5, 6, missing: 1), options,
                activation: 4));
    }

    /// <summary>Its inputs are the output's shape, weights, image, and optionally a bias.</summary>
    public static MappedOperator TransposeConv(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 49, fields: 5);
        AccumulatorTypes.Require((TfliteType)options.UInt8(4));
        RequireWeights(source, image: 2, weights: 1, bias: 3);
        if (IsHybrid(source, image: 2, weights: 1))
        {
            throw new UnsupportedException(
                "it has float32 activations and int8 weights (dynamic range), which is not supported in it");
        }

        OutputShapes.RequireSame(source, input: 0);
        return Map((inputs, outputs, window) => new TransposeConv(inputs, outputs[0], window), source,
            source.WithOptional(3, 2, 1), Window(
            stride: options.HeightWidth(1, 2), dilation: (1, 1), options, activation: 3));
    }

    private static MappedOperator Map<TOperator>(
        Func<ImmutableArray<Tensor>, ImmutableArray<Tensor>, WindowOptions, TOperator> make, OperatorSource source,
        IEnumerable<int> inputs,
        WindowOptions window)
        where TOperator : Convolution => source.MapTensors((read, written) => make(read, written, window), inputs);

    private static WindowOptions Window(
        (int Height, int Width) stride, (int Height, int Width) dilation, OperatorOptions options, int activation) =>
        new(stride.Height, stride.Width, dilation.Height, dilation.Width, options.Padding(0),
            options.Activation(activation));

    private static bool IsHybrid(OperatorSource source, int image, int weights) =>
        source.InputTensor(image).Type == SourceType.Float32 && source.InputTensor(weights).Type == SourceType.Int8;

    /// <summary>
    /// TensorFlow Lite quantizes the float32 input of a convolution asymmetrically where its weights have a scale for
    /// each channel (<c>EvalHybridPerChannel</c> of <c>kernels/conv.cc</c>), and else symmetrically
    /// (<c>EvalHybrid</c>).
    /// </summary>
    private static bool HasScalesOfChannels(OperatorSource source) =>
        source.InputTensor(1).Quantization.Scales.Length > 1;

    /// <summary>A depthwise one must have scales for each channel, in <c>kernels/depthwise_conv.cc</c> too.</summary>
    private static void RequireHybridPerChannel(OperatorSource source)
    {
        if (IsHybrid(source, image: 0, weights: 1) && !HasScalesOfChannels(source))
        {
            throw new UnsupportedException(
                "it has float32 activations and int8 weights (dynamic range) of one scale; expected a scale for each "
                    + "channel", Remedies.DepthwiseDynamicRange);
        }
    }

    private static void RequireWeights(OperatorSource source, int image, int weights, int bias)
    {
        SourceTensor input = source.InputTensor(image);
        SourceTensor filter = source.InputTensor(weights);
        if (input.Shape.Length != ImageRank || filter.Shape.Length != ImageRank)
        {
            throw new UnsupportedException(
                $"it convolves {input.TypeAndShape} with {filter.TypeAndShape}; expected {ImageRank} dimensions each");
        }

        Biases.RequireAccumulatorScale(source, image, weights, bias);
    }
}

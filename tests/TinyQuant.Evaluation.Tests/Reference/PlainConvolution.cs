using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// The convolutions as loops over every index, of tensorflow/lite/kernels/internal/reference: conv.h,
/// depthwiseconv_float.h and transpose_conv.h, and those of the same names in integer_ops. Sums are double, in which
/// those of int8 and int16 products, and of short fractions, are exact.
/// </summary>
internal static class PlainConvolution
{
    public static byte[] Run(Convolution op, byte[] input, Rounding rounding)
    {
        if (op.IsHybrid)
        {
            return PlainGraph.Bytes(Hybrid(op, MemoryMarshal.Cast<byte, float>(input)));
        }

        if (op.Input.Type == TensorType.Float32)
        {
            double[] reals = Sums(op, Doubles(MemoryMarshal.Cast<byte, float>(input)),
                Doubles(PlainGraph.Data<float>(op.Weights)),
                op.Bias is null ? null : Doubles(PlainGraph.Data<float>(op.Bias)));
            return PlainGraph.Bytes(reals.Select(sum => PlainGraph.Clamp((float)sum, op.Window.Activation)).ToArray());
        }

        if (op.Input.Type == TensorType.Int16)
        {
            return PlainGraph.Bytes(Int16(op, MemoryMarshal.Cast<byte, short>(input), rounding));
        }

        int zeroPoint = op.Input.Quantization!.ZeroPoint;
        double[] codes = [.. MemoryMarshal.Cast<byte, sbyte>(input).ToArray().Select(x => (double)(x - zeroPoint))];
        double[] weights = [.. PlainGraph.Data<sbyte>(op.Weights).ToArray().Select(w => (double)w)];
        double[]? bias = op.Bias is null ? null : [.. PlainGraph.Data<int>(op.Bias).ToArray().Select(b => (double)b)];

        // float-even is for what XNNPACK and ONNX Runtime round so; a transposed convolution stays as it is.
        Rounding own = op is TransposeConv && rounding == Rounding.FloatEven ? Rounding.Double : rounding;
        var requantization = new PlainRequantization(op.Output.Quantization!, op.Window.Activation, own);
        int channels = op.Output.Shape[3];
        return PlainGraph.Bytes(Sums(op, codes, weights, bias).Select((sum, i) => requantization.Code(
            (int)(long)sum, // wraps, as the reference's int32 does
            PlainRequantization.DoubleScale(op.Input, op.Weights, i % channels, op.Output),
            PlainRequantization.Scale(op.Input, op.Weights, i % channels, op.Output))).ToArray());
    }

    /// <summary>Zero points are not read; the bias says what bits a sum has.</summary>
    private static short[] Int16(Convolution op, ReadOnlySpan<short> input, Rounding rounding)
    {
        bool has64Bits = op is not Conv2D conv
            || (conv.Bias is null ? !conv.NarrowSums : conv.Bias.Type == TensorType.Int64);
        double[] sums = Sums(
            op, Array.ConvertAll(input.ToArray(), x => (double)x),
            [.. PlainGraph.Data<sbyte>(op.Weights).ToArray().Select(w => (double)w)],
            op.Bias is { } bias ? TensorValues.Decode(bias.Type, [.. bias.Data!.Value]) : null);
        var requantization = new PlainInt16Requantization(
            op.Output.Quantization!, op.Window.Activation, rounding, has64Bits);
        int channels = op.Output.Shape[3];
        return [.. sums.Select((sum, i) => requantization.Code(
            (long)sum, PlainRequantization.DoubleScale(op.Input, op.Weights, i % channels, op.Output), zeroPoint: 0))];
    }

    /// <summary>
    /// HybridConvPerChannel of conv.h and DepthwiseConvHybridPerChannel of depthwise_conv.h, and EvalHybrid of
    /// tensorflow/lite/kernels/conv.cc for symmetric inputs: a range for each image.
    /// </summary>
    private static float[] Hybrid(Convolution op, ReadOnlySpan<float> input)
    {
        int image = input.Length / op.Input.Shape[0];
        var codes = new List<double>();
        var scales = new List<float>();
        for (int batch = 0; batch < op.Input.Shape[0]; batch++)
        {
            (sbyte[] quantized, float scale, int zeroPoint) = DynamicQuantization.Run(
                input.Slice(batch * image, image), op is Conv2D { HasSymmetricInputs: true });
            codes.AddRange(quantized.Select(q => (double)(q - zeroPoint)));
            scales.Add(scale);
        }

        double[] sums = Sums(
            op, [.. codes], [.. PlainGraph.Data<sbyte>(op.Weights).ToArray().Select(w => (double)w)], null);
        float[] bias = op.Bias is null ? new float[op.Output.Shape[3]] : PlainGraph.Data<float>(op.Bias).ToArray();
        Quantization weights = op.Weights.Quantization!;
        return [.. sums.Select((sum, i) =>
        {
            int channel = i % op.Output.Shape[3];
            float own = scales[i / (sums.Length / scales.Count)];
            float weight = weights.Scales[weights.IsPerChannel ? channel : 0];
            bool isSymmetric = op is Conv2D { HasSymmetricInputs: true };
            float scaled = isSymmetric ? (float)sum * (own * weight) : (float)sum * weight * own;
            return PlainGraph.Clamp(scaled + bias[channel], op.Window.Activation);
        })];
    }

    private static double[] Sums(Convolution op, double[] input, double[] weights, double[]? bias)
    {
        int channels = op.Output.Shape[3];
        var sums = new double[op.Output.ElementCount];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = bias?[i % channels] ?? 0;
        }
        // The image that the window slides over, and the one that has an element for each of its positions.
        (Tensor under, Tensor positions) = op is TransposeConv ? (op.Output, op.Input) : (op.Input, op.Output);
        (int height, int width) = op.Filter;
        (int top, int left) = (Before(op, under, 1, height), Before(op, under, 2, width));
        for (int n = 0; n < op.Input.Shape[0]; n++)
        {
            for (int y = 0; y < positions.Shape[1]; y++)
            {
                for (int x = 0; x < positions.Shape[2]; x++)
                {
                    for (int tap = 0; tap < height * width; tap++)
                    {
                        int atY = (y * op.Window.StrideHeight) - top + (tap / width * op.Window.DilationHeight);
                        int atX = (x * op.Window.StrideWidth) - left + (tap % width * op.Window.DilationWidth);
                        if (atY >= 0 && atY < under.Shape[1] && atX >= 0 && atX < under.Shape[2])
                        {
                            int window = (((n * under.Shape[1]) + atY) * under.Shape[2]) + atX;
                            int position = (((n * positions.Shape[1]) + y) * positions.Shape[2]) + x;
                            AddTap(op, input, weights, sums, tap,
                                op is TransposeConv ? (position, window) : (window, position));
                        }
                    }
                }
            }
        }

        return sums;
    }

    private static void AddTap(
        Convolution op, double[] input, double[] weights, double[] sums, int tap, (int Input, int Output) pixel)
    {
        int depth = op.Input.Shape[3];
        int channels = op.Output.Shape[3];
        int taps = op.Filter.Height * op.Filter.Width;
        for (int o = 0; o < channels; o++)
        {
            if (op is DepthwiseConv2D)
            {
                sums[(pixel.Output * channels) + o] += input[(pixel.Input * depth) + (o / (channels / depth))]
                    * weights[(tap * channels) + o];
                continue;
            }

            int own = op.Weights.Shape[3]; // channels of a group
            int first = o / (channels / (depth / own)) * own;
            for (int c = 0; c < own; c++)
            {
                sums[(pixel.Output * channels) + o] += input[(pixel.Input * depth) + first + c]
                    * weights[(((o * taps) + tap) * own) + c];
            }
        }
    }

    /// <summary>ComputePaddingHeightWidth of tensorflow/lite/kernels/padding.h.</summary>
    private static int Before(Convolution op, Tensor under, int axis, int filter)
    {
        if (op.Window.Padding == Padding.Valid)
        {
            return 0;
        }

        (int stride, int dilation) = axis == 1
            ? (op.Window.StrideHeight, op.Window.DilationHeight)
            : (op.Window.StrideWidth, op.Window.DilationWidth);
        int positions = (under.Shape[axis] + stride - 1) / stride;
        int covered = ((positions - 1) * stride) + ((filter - 1) * dilation) + 1;
        return Math.Max(0, covered - under.Shape[axis]) / 2;
    }

    private static double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(v => (double)v)];
}

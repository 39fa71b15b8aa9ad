using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// The uint8 kernels of TensorFlow 1 in plain loops, over bytes and their zero points: conv.h, depthwiseconv_uint8.h,
/// pooling.h, mul.h, sub.h, resize_bilinear.h and concatenation.h of tensorflow/lite/kernels/internal/reference, and
/// the Prepare of the operators in tensorflow/lite/kernels. Elements come and go as int8 codes, which are less by 128.
/// </summary>
internal static class PlainLegacy
{
    private const int Offset = 128;

    public static double[] Convolution(
        Convolution op, double[] input, double[] weights, double[]? bias, Rounding rounding)
    {
        (int height, int width) = (op.Input.Shape[1], op.Input.Shape[2]);
        (int channels, int outputs) = (op.Input.Shape[3], op.Output.Shape[3]);
        int top = Before(op, 1, op.Filter.Height, op.Window.StrideHeight, op.Window.DilationHeight);
        int left = Before(op, 2, op.Filter.Width, op.Window.StrideWidth, op.Window.DilationWidth);
        (int inputZero, int weightsZero) = (Zero(op.Input), Zero(op.Weights));
        double real = (float)(op.Input.Quantization!.Scale * op.Weights.Quantization!.Scale)
            / (double)op.Output.Quantization!.Scale;
        return [.. Indexes.Of(op.Output.Shape).Select(index =>
        {
            int o = index[3];
            int sum = bias is null ? 0 : (int)bias[o];
            for (int tap = 0; tap < op.Filter.Height * op.Filter.Width; tap++)
            {
                (int row, int column) = (tap / op.Filter.Width, tap % op.Filter.Width);
                int y = (index[1] * op.Window.StrideHeight) - top + (row * op.Window.DilationHeight);
                int x = (index[2] * op.Window.StrideWidth) - left + (column * op.Window.DilationWidth);
                if (y < 0 || y >= height || x < 0 || x >= width)
                {
                    continue;
                }

                int pixel = ((((index[0] * height) + y) * width) + x) * channels;
                int first = op is DepthwiseConv2D ? o / (outputs / channels) : 0;
                int last = op is DepthwiseConv2D ? first : channels - 1;
                for (int c = first; c <= last; c++)
                {
                    double weight = op is DepthwiseConv2D
                        ? weights[(tap * outputs) + o]
                        : weights[(((o * op.Filter.Height * op.Filter.Width) + tap) * channels) + c];
                    sum += (Byte(input[pixel + c]) - inputZero) * (Byte(weight) - weightsZero);
                }
            }

            return Code(FixedPoint.Multiply(sum, real, rounding), op.Window.Activation, op.Output);
        })];
    }

    public static double[] Average(AveragePool2D op, double[] input) => [.. Indexes.Of(op.Output.Shape).Select(index =>
    {
        int top = (index[1] * op.Window.StrideHeight) - Before(op, 1, op.Filter.Height, op.Window.StrideHeight);
        int left = (index[2] * op.Window.StrideWidth) - Before(op, 2, op.Filter.Width, op.Window.StrideWidth);
        (int sum, int count) = (0, 0);
        for (int y = Math.Max(top, 0); y < Math.Min(top + op.Filter.Height, op.Input.Shape[1]); y++)
        {
            for (int x = Math.Max(left, 0); x < Math.Min(left + op.Filter.Width, op.Input.Shape[2]); x++)
            {
                sum += Byte(input[Indexes.Element(op.Input.Shape, [index[0], y, x, index[3]])]);
                count++;
            }
        }

        return Clamp((sum + (count / 2)) / count, op.Window.Activation, op.Output);
    })];

    public static double[] Mul(Mul op, double[][] inputs, Rounding rounding)
    {
        float real = op.Left.Quantization!.Scale * op.Right.Quantization!.Scale / op.Output.Quantization!.Scale;
        return PlainBroadcast.Run(op, inputs, (l, r) => Code(
            FixedPoint.Multiply((Byte(l) - Zero(op.Left)) * (Byte(r) - Zero(op.Right)), real, rounding),
            op.Activation, op.Output));
    }

    public static double[] Sub(Sub op, double[][] inputs, Rounding rounding)
    {
        (float left, float right) = (op.Left.Quantization!.Scale, op.Right.Quantization!.Scale);
        double twice = 2 * (double)Math.Max(left, right);
        double output = twice / ((1 << 20) * op.Output.Quantization!.Scale);
        return PlainBroadcast.Run(op, inputs, (l, r) => Code(
            FixedPoint.Multiply(
                FixedPoint.Multiply((Byte(l) - Zero(op.Left)) << 20, left / twice, rounding)
                    - FixedPoint.Multiply((Byte(r) - Zero(op.Right)) << 20, right / twice, rounding),
                output, rounding),
            op.Activation, op.Output));
    }

    public static double[] Resize(ResizeBilinear op, double[] input) => [.. Indexes.Of(op.Output.Shape).Select(index =>
    {
        (int y0, int y1, float y) = PlainResize.Place(op, 1, index[1]);
        (int x0, int x1, float x) = PlainResize.Place(op, 2, index[2]);
        float Pixel(int row, int column) =>
            Byte(input[Indexes.Element(op.Input.Shape, [index[0], row, column, index[3]])]);
        float sum = (Pixel(y0, x0) * (1 - y) * (1 - x)) + (Pixel(y1, x0) * y * (1 - x))
            + (Pixel(y0, x1) * (1 - y) * x) + (Pixel(y1, x1) * y * x);
        return (double)((byte)(sum + 0.5f) - Offset);
    })];

    /// <summary>An input of CONCATENATION that has another scale than its output.</summary>
    public static double[] Rescale(Quantize op, double[] input)
    {
        float scale = op.Input.Quantization!.Scale * (1f / op.Output.Quantization!.Scale);
        float bias = -Zero(op.Input) * scale;
        return [.. input.Select(code =>
        {
            float real = (Byte(code) * scale) + bias;
            return Math.Clamp(
                MathF.Round(real, MidpointRounding.AwayFromZero) + (double)Zero(op.Output), 0, 255) - Offset;
        })];
    }

    private static int Byte(double code) => (int)code + Offset;

    private static int Zero(Tensor tensor) => tensor.Quantization!.ZeroPoint + Offset;

    private static double Code(int scaled, Activation activation, Tensor output) =>
        Clamp((long)scaled + Zero(output), activation, output);

    /// <summary>A byte in the activation's range, as a code of int8.</summary>
    private static double Clamp(long value, Activation activation, Tensor output)
    {
        (float least, float greatest) = activation.Range();
        double Bound(float real) => float.IsInfinity(real)
            ? real
            : Zero(output) + (double)MathF.Round(real / output.Quantization!.Scale, MidpointRounding.AwayFromZero);
        return Math.Min(Math.Max(value, Math.Max(Bound(least), 0)), Math.Min(Bound(greatest), 255)) - Offset;
    }

    private static int Before(Convolution op, int dimension, int filter, int stride, int dilation) =>
        op.Window.Padding == Padding.Valid
            ? 0
            : Math.Max(
                0, ((op.Output.Shape[dimension] - 1) * stride) + ((filter - 1) * dilation) + 1
                    - op.Input.Shape[dimension]) / 2;

    private static int Before(Pooling op, int dimension, int filter, int stride) =>
        op.Window.Padding == Padding.Valid
            ? 0
            : Math.Max(0, ((op.Output.Shape[dimension] - 1) * stride) + filter - op.Input.Shape[dimension]) / 2;
}

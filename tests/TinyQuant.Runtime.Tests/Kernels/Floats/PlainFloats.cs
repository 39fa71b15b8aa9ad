using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels.Floats;

/// <summary>
/// TensorFlow Lite's float32 reference kernels as plain loops, in its types and orders: <c>std::max(a, b)</c> is
/// <c>a &lt; b ? b : a</c>, and <c>std::min(a, b)</c> is <c>b &lt; a ? b : a</c>.
/// </summary>
internal static class PlainFloats
{
    /// <summary>The bounds of a fused activation: none, RELU, RELU6.</summary>
    public static readonly (float Min, float Max)[] Activations = [
        (float.MinValue, float.MaxValue), (0, float.MaxValue), (0, 6)];

    /// <summary><c>ActivationFunctionWithMinMax</c> of internal/common.h.</summary>
    public static float Clamp(float x, float min, float max)
    {
        float atLeast = x < min ? min : x;
        return max < atLeast ? max : atLeast;
    }

    /// <summary>reference/fully_connected.h, one row of inputs.</summary>
    public static float[] FullyConnected(float[] input, float[] weights, float[] bias, float min, float max) =>
        [.. bias.Select((b, o) => Clamp(Dot(input, weights, o * input.Length) + b, min, max))];

    /// <summary>Products added to 0 in the order of the elements.</summary>
    public static float Dot(float[] input, float[] weights, int at)
    {
        float total = 0;
        for (int d = 0; d < input.Length; d++)
        {
            total += input[d] * weights[at + d];
        }

        return total;
    }

    /// <summary>reference/conv.h; weights [outputs, filter height, filter width, channels].</summary>
    public static float[] Conv2D(
        WindowGeometry g, float[] input, float[] weights, float[] bias, float min, float max) =>
        Windows(g, min, max, bias, (o, tap, pixel) =>
        {
            // Not one sum for each tap: the reference goes on with the total.
            return Enumerable.Range(0, g.InputChannels)
                .Select(c =>
                    input[pixel + c] * weights[(((o * g.FilterHeight * g.FilterWidth) + tap) * g.InputChannels) + c]);
        });

    /// <summary>reference/depthwiseconv_float.h; weights [filter height, filter width, outputs].</summary>
    public static float[] DepthwiseConv2D(
        WindowGeometry g, float[] input, float[] weights, float[] bias, float min, float max) =>
        Windows(g, min, max, bias, (o, tap, pixel) =>
            [input[pixel + (o / (g.OutputChannels / g.InputChannels))] * weights[(tap * g.OutputChannels) + o]]);

    /// <summary>reference/transpose_conv.h; weights [outputs, filter height, filter width, channels].</summary>
    public static float[] TransposeConv(
        WindowGeometry g, float[] input, float[] weights, float[] bias, float min, float max)
    {
        float[] output = new float[g.Batches * g.OutputHeight * g.OutputRow];
        for (int at = 0; at < input.Length; at++)
        {
            int c = at % g.InputChannels;
            int inX = at / g.InputChannels % g.InputWidth;
            int inY = at / g.InputChannels / g.InputWidth % g.InputHeight;
            int batch = at / g.InputChannels / g.InputWidth / g.InputHeight;
            for (int tap = 0; tap < g.FilterHeight * g.FilterWidth; tap++)
            {
                int y = (inY * g.StrideHeight) - g.PaddingTop + (tap / g.FilterWidth);
                int x = (inX * g.StrideWidth) - g.PaddingLeft + (tap % g.FilterWidth);
                for (int o = 0; o < g.OutputChannels && y >= 0 && y < g.OutputHeight && x >= 0
                    && x < g.OutputWidth; o++)
                {
                    output[(((((batch * g.OutputHeight) + y) * g.OutputWidth) + x) * g.OutputChannels) + o] +=
                        input[at] * weights[(((o * g.FilterHeight * g.FilterWidth) + tap) * g.InputChannels) + c];
                }
            }
        }

        return [.. output.Select((sum, i) => Clamp(sum + bias[i % g.OutputChannels], min, max))];
    }

    /// <summary>MaxPool and AveragePool of reference/pooling.h.</summary>
    public static (float[] Greatest, float[] Mean) Pools(WindowGeometry g, float[] input, float min, float max)
    {
        float[] greatest = new float[g.Batches * g.OutputHeight * g.OutputRow], mean = new float[greatest.Length];
        for (int i = 0; i < greatest.Length; i++)
        {
            float best = float.MinValue, total = 0, count = 0;
            foreach ((_, int pixel) in Taps(g, i / g.OutputChannels))
            {
                float x = input[pixel + (i % g.OutputChannels)];
                best = best < x ? x : best;
                total += x;
                count++;
            }

            greatest[i] = Clamp(best, min, max);
            mean[i] = Clamp(total / count, min, max);
        }

        return (greatest, mean);
    }

    /// <summary>reference/logistic.h.</summary>
    public static float Logistic(float x) =>
        x > 16.619047164916992188f ? 1 : x < -9 ? MathF.Exp(x) : 1 / (1 + MathF.Exp(-x));

    /// <summary>reference/hard_swish.h.</summary>
    public static float HardSwish(float x)
    {
        float atLeast = 0 < x + 3 ? x + 3 : 0;
        return x * (atLeast < 6 ? atLeast : 6) / 6;
    }

    /// <summary>reference/softmax.h, one row.</summary>
    public static float[] Softmax(float[] row, float beta)
    {
        float max = float.MinValue, sum = 0;
        foreach (float x in row)
        {
            max = max < x ? x : max;
        }

        float[] powers = [.. row.Select(x => MathF.Exp((x - max) * beta))];
        foreach (float power in powers)
        {
            sum += power;
        }

        return [.. powers.Select(power => power / sum)];
    }

    /// <summary>
    /// The taps that lie inside of the image at a position, and the index of the first channel that each reads.
    /// </summary>
    private static IEnumerable<(int Tap, int Pixel)> Taps(WindowGeometry g, int position)
    {
        int top = (position / g.OutputWidth % g.OutputHeight * g.StrideHeight) - g.PaddingTop;
        int left = (position % g.OutputWidth * g.StrideWidth) - g.PaddingLeft;
        int image = position / g.OutputWidth / g.OutputHeight * g.InputHeight;
        for (int tap = 0; tap < g.FilterHeight * g.FilterWidth; tap++)
        {
            int y = top + (tap / g.FilterWidth * g.DilationHeight);
            int x = left + (tap % g.FilterWidth * g.DilationWidth);
            if (y >= 0 && y < g.InputHeight && x >= 0 && x < g.InputWidth)
            {
                yield return (tap, (((image + y) * g.InputWidth) + x) * g.InputChannels);
            }
        }
    }

    private static float[] Windows(
        WindowGeometry g, float min, float max, float[] bias, Func<int, int, int, IEnumerable<float>> products)
    {
        float[] output = new float[g.Batches * g.OutputHeight * g.OutputRow];
        for (int i = 0; i < output.Length; i++)
        {
            float total = 0;
            foreach ((int tap, int pixel) in Taps(g, i / g.OutputChannels))
            {
                foreach (float product in products(i % g.OutputChannels, tap, pixel))
                {
                    total += product;
                }
            }

            output[i] = Clamp(total + bias[i % g.OutputChannels], min, max);
        }

        return output;
    }
}

using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// SVDF as it is described: each filter is a queue of its last results. int8 by <c>EvalIntegerSvdfReference</c> and
/// <c>PrepareSvdf</c> of micro/kernels/svdf_common.cc, whose factors are float32; sums in double, which is exact.
/// </summary>
internal sealed class PlainSvdf(Svdf op, Rounding rounding)
{
    private readonly Queue<double>[,] _memory = new Queue<double>[op.Input.Shape[0], op.FeatureWeights.Shape[0]];

    /// <summary>One run over the bytes of the input; the state is kept.</summary>
    public double[] Run(byte[] input)
    {
        double[] x = PlainValues.Of(op.Input, input);
        double[] bias = op.Bias is { } constant ? PlainValues.Codes(constant) : new double[op.Output.Shape[1]];
        var outputs = new List<double>();
        for (int batch = 0; batch < op.Input.Shape[0]; batch++)
        {
            for (int unit = 0; unit < op.Output.Shape[1]; unit++)
            {
                double sum = bias[unit];
                for (int filter = unit * op.Rank; filter < (unit + 1) * op.Rank; filter++)
                {
                    sum += OverTime(batch, filter, Feature(x, batch, filter));
                }

                outputs.Add(Output(sum));
            }
        }

        return [.. outputs];
    }

    /// <summary>As before the first run.</summary>
    public void Reset() => Array.Clear(_memory);

    private double Feature(double[] x, int batch, int filter)
    {
        double[] weights = PlainValues.Codes(op.FeatureWeights);
        int depth = op.Input.Shape[1];
        double sum = 0;
        for (int i = 0; i < depth; i++)
        {
            sum += weights[(filter * depth) + i] * x[(batch * depth) + i];
        }

        if (op.Input.Type == TensorType.Float32)
        {
            return sum;
        }

        (int least, int greatest) = op.State.Type == TensorType.Int16
            ? (short.MinValue, (int)short.MaxValue)
            : (sbyte.MinValue, sbyte.MaxValue);
        float factor = op.Input.Quantization!.Scale * op.FeatureWeights.Quantization!.Scale
            / op.State.Quantization!.Scale;
        int zeroPoint = op.State.Quantization.ZeroPoint;
        int stored = Math.Clamp(FixedPoint.Multiply((int)(long)sum, factor, rounding), least, greatest) + zeroPoint;
        return (op.State.Type == TensorType.Int16 ? (short)stored : (sbyte)stored) - zeroPoint; // the type wraps
    }

    private double OverTime(int batch, int filter, double newest)
    {
        int length = op.TimeWeights.Shape[1];
        Queue<double> memory = _memory[batch, filter] ??= new Queue<double>(new double[length]);
        memory.Dequeue();
        memory.Enqueue(newest);
        double[] weights = PlainValues.Codes(op.TimeWeights)[(filter * length)..((filter + 1) * length)];
        return memory.Zip(weights, (m, w) => m * w).Sum();
    }

    private double Output(double sum)
    {
        if (op.Input.Type == TensorType.Float32)
        {
            (float min, float max) = op.Activation.Range();
            return Math.Min(Math.Max(sum, min), max);
        }

        float factor = op.State.Quantization!.Scale * op.TimeWeights.Quantization!.Scale
            / op.Output.Quantization!.Scale;
        long code = (long)FixedPoint.Multiply((int)(long)sum, factor, rounding) + op.Output.Quantization.ZeroPoint;
        return Math.Clamp(code, sbyte.MinValue, sbyte.MaxValue);
    }
}

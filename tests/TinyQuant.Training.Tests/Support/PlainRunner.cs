using System.Buffers.Binary;
using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Training.Tests.Support;

/// <summary>A chain of FullyConnected operators without activations, computed by plain loops: for these tests alone,
/// to stand where generated code will.</summary>
internal sealed class PlainRunner(Graph graph) : IGraphRunner
{
    private readonly Dictionary<string, double[]> _values = [];

    public IReadOnlyDictionary<string, float[]> Run(float[] input)
    {
        var activations = new Dictionary<string, float[]>();
        float[] current = input;
        foreach (FullyConnected op in graph.Operators.Cast<FullyConnected>())
        {
            current = op.IsHybrid ? Hybrid(op, current) : Float(op, current);
            activations[op.Output.Name] = current;
        }

        return activations;
    }

    /// <summary>The accumulators of a static graph's only operator, bias included.</summary>
    public long[] Accumulators(ReadOnlySpan<sbyte> input)
    {
        var op = (FullyConnected)graph.Operators.Single();
        double[] weights = Values(op.Weights);
        double[] bias = Values(op.Bias!);
        long[] sums = new long[bias.Length];
        for (int o = 0; o < sums.Length; o++)
        {
            long sum = (long)bias[o];
            for (int d = 0; d < op.Depth; d++)
            {
                sum += (long)weights[(o * op.Depth) + d] * (input[d] - op.Input.Quantization!.ZeroPoint);
            }

            sums[o] = sum;
        }

        return sums;
    }

    private float[] Float(FullyConnected op, float[] input)
    {
        double[] weights = Values(op.Weights);
        return [.. Values(op.Bias!).Select((bias, o) => (float)(bias + Dot(weights, o, input)))];
    }

    /// <summary>TensorFlow Lite's hybrid kernel with asymmetric inputs (PortableAsymmetricQuantizeFloats).</summary>
    private float[] Hybrid(FullyConnected op, float[] input)
    {
        double min = Math.Min(0, input.Min());
        double max = Math.Max(0, input.Max());
        double scale = max > min ? (max - min) / 255 : 1;
        double fromMin = -128 - (min / scale);
        double fromMax = 127 - (max / scale);
        bool useMin = 128 + Math.Abs(min / scale) < 127 + Math.Abs(max / scale);
        double zero = Math.Round(Math.Clamp(useMin ? fromMin : fromMax, -128, 127), MidpointRounding.AwayFromZero);
        float inverse = 1f / (float)scale;
        float[] codes = [.. input.Select(x => Math.Clamp(
            MathF.Round((float)zero + (x * inverse), MidpointRounding.AwayFromZero), -128, 127) - (float)zero)];
        double[] weights = Values(op.Weights);
        var scales = op.Weights.Quantization!.Scales;
        return [.. Values(op.Bias!).Select((bias, o) =>
            (float)((Dot(weights, o, codes) * (float)scale * scales[scales.Length == 1 ? 0 : o]) + bias))];
    }

    private static double Dot(double[] weights, int output, float[] input)
    {
        double sum = 0;
        int at = output * input.Length;
        for (int d = 0; d < input.Length; d++)
        {
            sum += weights[at + d] * input[d];
        }

        return sum;
    }

    /// <summary>The numbers, or integer codes, of a constant.</summary>
    private double[] Values(Tensor tensor)
    {
        if (!_values.TryGetValue(tensor.Name, out double[]? values))
        {
            values = Read(tensor);
            _values.Add(tensor.Name, values);
        }

        return values;
    }

    public static double[] Read(Tensor tensor)
    {
        double[] values = new double[tensor.ElementCount];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = tensor.Data!.Value.AsSpan()[(i * tensor.Type.SizeInBytes())..];
            values[i] = tensor.Type switch
            {
                TensorType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(at),
                TensorType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
                _ => (sbyte)at[0],
            };
        }

        return values;
    }
}

using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>Signal to noise of rounded numbers, 10 log10(Σ x² / Σ (x - x̂)²), over all that were added.</summary>
internal sealed class SignalNoise
{
    private double _signal;
    private double _noise;

    /// <summary>Infinite where nothing differs.</summary>
    public double Decibels => _noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(_signal / _noise);

    public void Add(ReadOnlySpan<float> exact, ReadOnlySpan<float> rounded)
    {
        for (int i = 0; i < exact.Length; i++)
        {
            double difference = (double)rounded[i] - exact[i];
            _signal += (double)exact[i] * exact[i];
            _noise += difference * difference;
        }
    }

    /// <summary>Of weights, against the float32 weights that they were made of.</summary>
    /// <param name="real">A float32 constant.</param>
    /// <param name="widened">A constant of that shape, int8 or float32.</param>
    public static double OfWeights(Tensor real, Tensor widened)
    {
        var noise = new SignalNoise();
        noise.Add(MemoryMarshal.Cast<byte, float>(real.Data!.Value.AsSpan()), Decode(widened));
        return noise.Decibels;
    }

    private static ReadOnlySpan<float> Decode(Tensor weights)
    {
        if (weights.Type == TensorType.Float32)
        {
            return MemoryMarshal.Cast<byte, float>(weights.Data!.Value.AsSpan());
        }

        Quantization q = weights.Quantization!;
        ReadOnlySpan<sbyte> codes = MemoryMarshal.Cast<byte, sbyte>(weights.Data!.Value.AsSpan());
        float[] decoded = new float[codes.Length];
        int slice = weights.Shape.Skip(q.Axis + 1).Aggregate(1, (product, dimension) => product * dimension);
        for (int i = 0; i < codes.Length; i++)
        {
            decoded[i] = (codes[i] - q.ZeroPoint) * q.Scales[q.IsPerChannel ? i / slice % q.Scales.Length : 0];
        }

        return decoded;
    }
}

using TinyQuant.Kernels;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Random constants and codes for a window, in memory that ends at guard pages.</summary>
internal sealed class WindowCase : IDisposable
{
    private readonly Random _random;
    private readonly int[] _multipliers;
    private readonly int[] _shifts;

    /// <param name="geometry">The window.</param>
    /// <param name="weights">The number of weights.</param>
    /// <param name="full">Whether weights of -128 occur.</param>
    /// <param name="seed">The same seed, the same case.</param>
    public WindowCase(WindowGeometry geometry, int weights, bool full, int seed)
    {
        _random = new(seed);
        G = geometry;
        Input = new(geometry.Batches * geometry.InputHeight * geometry.InputRow);
        Output = new(geometry.Batches * geometry.OutputHeight * geometry.OutputRow);
        Weights = new(weights);
        Bias = new(geometry.OutputChannels);
        Fill(Input.Span, -128);
        Fill(Weights.Span, full ? -128 : -127);
        foreach (ref int bias in Bias.Span)
        {
            bias = _random.Next(-20_000, 20_000);
        }

        InputZeroPoint = _random.Next(3) switch { 0 => -128, 1 => 127, _ => _random.Next(-128, 128) };
        ZeroPoint = _random.Next(-128, 128);
        Min = _random.Next(-128, -50);
        int constants = _random.Next(2) == 0 ? 1 : geometry.OutputChannels;
        _multipliers = [.. Enumerable.Range(0, constants).Select(_ => _random.Next(1 << 30, int.MaxValue))];
        _shifts = [.. Enumerable.Range(0, constants).Select(_ => -_random.Next(5, 10))];
    }

    public WindowGeometry G { get; }

    public GuardedBuffer<sbyte> Input { get; }

    public GuardedBuffer<sbyte> Output { get; }

    public GuardedBuffer<sbyte> Weights { get; }

    public GuardedBuffer<int> Bias { get; }

    public int InputZeroPoint { get; }

    public int ZeroPoint { get; }

    public int Min { get; }

    public Requantization Requantization => new(_multipliers, _shifts, ZeroPoint, Min, 127);

    /// <summary>The input less its zero point.</summary>
    public double[] Reals => [.. Input.Span.ToArray().Select(x => (double)(x - InputZeroPoint))];

    public double[] RealWeights => [.. Weights.Span.ToArray().Select(w => (double)w)];

    public double[] RealBias => [.. Bias.Span.ToArray().Select(b => (double)b)];

    /// <summary>The codes of these sums, with both roundings.</summary>
    public sbyte[] Codes(double[] sums)
    {
        var codes = new sbyte[sums.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            int channel = _multipliers.Length == 1 ? 0 : i % G.OutputChannels;
            int scaled = Gemmlowp.MultiplyByQuantizedMultiplier((int)sums[i], _multipliers[channel], _shifts[channel]);
            codes[i] = (sbyte)Math.Clamp(scaled + ZeroPoint, Min, 127);
        }

        return codes;
    }

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
        Weights.Dispose();
        Bias.Dispose();
    }

    private void Fill(Span<sbyte> codes, int least)
    {
        foreach (ref sbyte code in codes)
        {
            code = (sbyte)(_random.Next(8) == 0 ? least : _random.Next(least, 128));
        }
    }
}

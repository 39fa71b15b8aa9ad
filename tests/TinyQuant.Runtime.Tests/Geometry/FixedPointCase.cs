using TinyQuant.Kernels;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Random constants that take int32 sums to int8 codes, and the codes by the published formulas.</summary>
internal readonly ref struct FixedPointCase
{
    private readonly Span<int> _multipliers;
    private readonly Span<int> _shifts;
    private readonly int _zeroPoint;
    private readonly int _min;

    public FixedPointCase(GuardedSpans spans, int channels)
    {
        int count = spans.Once(2) ? 1 : channels;
        _multipliers = spans.Copy(spans.Values(count, () => spans.Int(1 << 30, int.MaxValue)));
        _shifts = spans.Copy(spans.Values(count, () => spans.Int(-10, -5)));
        _zeroPoint = spans.Int(-128, 127);
        _min = spans.Int(-128, -50);
    }

    public Requantization Requantization => new(_multipliers, _shifts, _zeroPoint, _min, 127);

    /// <summary>The codes of sums, channel after channel.</summary>
    public sbyte[] Codes<TRequantizer>(double[] sums, int channels)
    {
        var codes = new sbyte[sums.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            int channel = _multipliers.Length == 1 ? 0 : i % channels;
            int scaled = Scale(
                typeof(TRequantizer) == typeof(RequantSingle), (int)sums[i], _multipliers[channel], _shifts[channel]);
            codes[i] = (sbyte)Math.Clamp(scaled + _zeroPoint, _min, 127);
        }

        return codes;
    }

    /// <summary>x · m · 2^(shift − 31) with one rounding or two.</summary>
    public static int Scale(bool isSingle, int x, int multiplier, int shift) => isSingle
        ? Gemmlowp.MultiplyByQuantizedMultiplierWithSingleRounding(x, multiplier, shift)
        : Gemmlowp.MultiplyByQuantizedMultiplier(x, multiplier, shift);
}

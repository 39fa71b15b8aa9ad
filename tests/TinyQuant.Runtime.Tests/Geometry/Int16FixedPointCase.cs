using TinyQuant.Kernels;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Random constants that take sums to int16 codes, and the codes by the published formulas.</summary>
internal readonly ref struct Int16FixedPointCase
{
    private readonly int[] _multipliers;
    private readonly Span<int> _baked;
    private readonly Span<int> _shifts;
    private readonly int _zeroPoint;
    private readonly int _min;
    private readonly bool _has64Bits;

    public Int16FixedPointCase(GuardedSpans spans, int channels, bool has64Bits)
    {
        int count = spans.Once(2) ? 1 : channels;
        _has64Bits = has64Bits;
        _multipliers = spans.Values(count, () => spans.Once(4) ? int.MaxValue : spans.Int(1 << 30, int.MaxValue));
        _baked = spans.Copy(Array.ConvertAll(
            _multipliers, m => !has64Bits ? m : m < 0x7FFF0000 ? (m + (1 << 15)) >> 16 : 0x7FFF));
        _shifts = spans.Copy(spans.Values(count, () => spans.Int(-12, has64Bits ? 2 : -6)));
        _zeroPoint = spans.Int(-32768, 32767);
        _min = spans.Int(-32768, -5000);
    }

    public Int16Requantization Requantization => new(_baked, _shifts, _zeroPoint, _min, 32767);

    /// <summary>The codes of sums, channel after channel.</summary>
    public short[] Codes(double[] sums, int channels)
    {
        var codes = new short[sums.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            int channel = _multipliers.Length == 1 ? 0 : i % channels;
            int scaled = _has64Bits
                ? Gemmlowp.MultiplyByQuantizedMultiplier((long)sums[i], _multipliers[channel], _shifts[channel])
                : Gemmlowp.MultiplyByQuantizedMultiplier(
                    unchecked((int)(long)sums[i]), _multipliers[channel], _shifts[channel]);
            codes[i] = (short)Math.Clamp(unchecked(scaled + _zeroPoint), _min, 32767);
        }

        return codes;
    }
}

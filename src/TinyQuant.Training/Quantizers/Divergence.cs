using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// What a range loses of an activation's distribution: KL(P || Q) over the bars of its histogram. P are the values,
/// those outside of the range counted at its ends; Q is what is left of those inside when only codes are known, each
/// code's count spread evenly over its bars that are not empty (Migacz, "8-bit Inference with TensorRT", 2017).
/// </summary>
internal sealed class Divergence(ActivationStatistics statistics)
{
    private const int Codes = 256;
    // on either side: what one code of the whole range covers
    private const int Neighbours = ActivationStatistics.Bins / Codes;
    private const int SpikeFactor = 4;
    private const double Impossible = 1e-12; // in place of a probability of 0

    private readonly double[] _histogram = WithoutSpikes([.. statistics.Histogram]);

    /// <summary>The divergence in nats; 0 where nothing is lost.</summary>
    public double Of(ValueRange range)
    {
        (int first, int last) = Inside(range);
        (double[] clamped, double[] left) = (
            new double[_histogram.Length], LeftByCodes(ActivationParameters.Of(range), first, last));
        for (int bin = 0; bin < _histogram.Length; bin++)
        {
            clamped[Math.Clamp(bin, first, last)] += _histogram[bin];
        }

        double all = Math.Max(1, clamped.Sum());
        double inside = Math.Max(1, left.Sum());
        double divergence = 0;
        for (int bin = first; bin <= last; bin++)
        {
            if (clamped[bin] > 0)
            {
                double p = clamped[bin] / all;
                divergence += p * Math.Log(p / Math.Max(left[bin] / inside, Impossible));
            }
        }

        return divergence;
    }

    private (int First, int Last) Inside(ValueRange range)
    {
        int first = statistics.BinOf(range.Min);
        return (first, Math.Max(first, statistics.BinOf(range.Max)));
    }

    private double[] LeftByCodes(Quantization q, int first, int last)
    {
        (double[] counts, int[] bars) = (new double[Codes], new int[Codes]);
        int[] codes = new int[_histogram.Length];
        for (int bin = first; bin <= last; bin++)
        {
            codes[bin] = ActivationParameters.CodeOf(statistics.Middle(bin), q) - sbyte.MinValue;
            counts[codes[bin]] += _histogram[bin];
            bars[codes[bin]] += _histogram[bin] > 0 ? 1 : 0;
        }

        double[] left = new double[_histogram.Length];
        for (int bin = first; bin <= last; bin++)
        {
            left[bin] = _histogram[bin] > 0 ? counts[codes[bin]] / bars[codes[bin]] : 0;
        }

        return left;
    }

    /// <summary>
    /// Bars far above their neighbours come down to these. Such a bar is one value taken many times, as ReLU's 0 or a
    /// channel's answer to an empty background: one code holds it as well as another, but spread over a code's bars it
    /// would look like a loss that only a narrow range avoids.
    /// </summary>
    private static double[] WithoutSpikes(long[] histogram)
    {
        double[] smooth = new double[histogram.Length];
        for (int bin = 0; bin < smooth.Length; bin++)
        {
            int first = Math.Max(0, bin - Neighbours);
            int last = Math.Min(smooth.Length - 1, bin + Neighbours);
            long[] around = [
                .. histogram[first..(last + 1)].Where((count, i) => first + i != bin && count > 0).Order()];
            double median = around.Length > 0 ? around[around.Length / 2] : 0;
            smooth[bin] = histogram[bin] > SpikeFactor * median ? median : histogram[bin];
        }

        return smooth;
    }
}

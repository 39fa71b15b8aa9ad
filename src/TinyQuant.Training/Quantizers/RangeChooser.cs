using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>Chooses the range that int8 codes are spread over. Values outside of it become its ends.</summary>
internal static class RangeChooser
{
    private const double Outside = 0.00005; // of all values, on either side: what lies within is 99.99 %
    private const int Candidates = 80;
    private const double LeastPart = 0.2;
    private const int Codes = 256;

    /// <summary>The range by a method.</summary>
    public static ValueRange Choose(CalibrationMethod method, ActivationStatistics statistics) => method switch
    {
        _ when statistics.Range.Min >= statistics.Range.Max => statistics.Range,
        CalibrationMethod.Percentile => Percentile(statistics),
        CalibrationMethod.Mse => Least(statistics, SquaredError),
        CalibrationMethod.Entropy => Least(statistics, Divergence),
        _ => statistics.Range,
    };

    private static ValueRange Percentile(ActivationStatistics statistics)
    {
        double cut = statistics.Histogram.Sum() * Outside;
        return new ValueRange(
            (float)Math.Min(0, statistics.Middle(First(statistics.Histogram, cut))),
            (float)Math.Max(0, statistics.Middle(ActivationStatistics.Bins - 1 - First([.. statistics.Histogram.Reverse()], cut))));
    }

    private static int First(IReadOnlyList<long> histogram, double cut)
    {
        long below = 0;
        for (int i = 0; i < histogram.Count; i++)
        {
            below += histogram[i];
            if (below > cut)
            {
                return i;
            }
        }
        return histogram.Count - 1;
    }

    /// <summary>
    /// Of ranges that shrink towards 0, the one of the least cost: both ends alike first, then each by itself.
    /// </summary>
    private static ValueRange Least(ActivationStatistics statistics, Func<ActivationStatistics, ValueRange, double> cost)
    {
        ValueRange whole = new(Math.Min(0, statistics.Range.Min), Math.Max(0, statistics.Range.Max));
        ValueRange best = Best(whole, f => new((float)(whole.Min * f), (float)(whole.Max * f)));
        best = whole.Min < 0 ? Best(best, f => best with { Min = (float)(whole.Min * f) }) : best;
        return whole.Max > 0 ? Best(best, f => best with { Max = (float)(whole.Max * f) }) : best;

        ValueRange Best(ValueRange from, Func<double, ValueRange> candidate)
        {
            (ValueRange found, double least) = (from, cost(statistics, from));
            for (int i = 0; i < Candidates; i++)
            {
                ValueRange range = candidate(1 - ((1 - LeastPart) * i / (Candidates - 1)));
                double error = cost(statistics, range);
                if (error < least)
                {
                    (found, least) = (range, error);
                }
            }
            return found;
        }
    }

    private static double SquaredError(ActivationStatistics statistics, ValueRange range)
    {
        Quantization q = ActivationParameters.Of(range);
        double sum = 0;
        for (int bin = 0; bin < ActivationStatistics.Bins; bin++)
        {
            double value = statistics.Middle(bin);
            double difference = ((Code(value, q) - q.ZeroPoint) * (double)q.Scale) - value;
            sum += statistics.Histogram[bin] * difference * difference;
        }
        return sum;
    }

    /// <summary>
    /// KL(P || Q) over the bars: P are the values, those outside counted at the ends; Q is what is left of those inside when
    /// only codes are known, each code's count spread evenly over its bars that are not empty (Migacz, "8-bit Inference with
    /// TensorRT", 2017). The bar around 0 does not count: every range holds 0 exactly, and after ReLU half of all values are it.
    /// </summary>
    private static double Divergence(ActivationStatistics statistics, ValueRange range)
    {
        Quantization q = ActivationParameters.Of(range);
        int[] codes = [.. Enumerable.Range(0, ActivationStatistics.Bins).Select(bin => (int)Code(statistics.Middle(bin), q) + Codes / 2)];
        double[] counts = new double[Codes];
        int[] bars = new int[Codes];
        double[] values = new double[ActivationStatistics.Bins];
        (int first, int last) = (ActivationStatistics.Bins - 1, 0);
        int around0 = statistics.BinOf(0);
        for (int bin = 0; bin < values.Length; bin++)
        {
            if (statistics.Middle(bin) >= range.Min && statistics.Middle(bin) <= range.Max)
            {
                (first, last) = (Math.Min(first, bin), Math.Max(last, bin));
            }
        }
        for (int bin = 0; bin < values.Length; bin++)
        {
            long count = bin == around0 ? 0 : statistics.Histogram[bin];
            values[Math.Clamp(bin, Math.Min(first, last), last)] += count;
            if (bin >= first && bin <= last && count > 0)
            {
                counts[codes[bin]] += count;
                bars[codes[bin]]++;
            }
        }
        double all = values.Sum();
        double inside = Math.Max(1, counts.Sum());
        double divergence = 0;
        for (int bin = first; bin <= last; bin++)
        {
            if (values[bin] > 0)
            {
                double p = values[bin] / all;
                double spread = bars[codes[bin]] > 0 ? counts[codes[bin]] / bars[codes[bin]] / inside : 0;
                divergence += p * Math.Log(p / Math.Max(spread, 1e-12));
            }
        }
        return divergence;
    }

    private static double Code(double value, Quantization q) =>
        Math.Clamp(Math.Round(value / q.Scale, MidpointRounding.AwayFromZero) + q.ZeroPoint, sbyte.MinValue, sbyte.MaxValue);
}

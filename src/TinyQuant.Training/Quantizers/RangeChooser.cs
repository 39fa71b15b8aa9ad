using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Quantizers;

/// <summary>Chooses the range that int8 codes are spread over. Values outside of it become its ends.</summary>
internal static class RangeChooser
{
    private const double Outside = 0.00005; // of all values, on either side: what lies within is 99.99 %
    private const int Candidates = 80;
    private const double LeastPart = 0.2;

    /// <summary>The range by a method.</summary>
    public static ValueRange Choose(CalibrationMethod method, ActivationStatistics statistics) => method switch
    {
        _ when statistics.Range.Min >= statistics.Range.Max => statistics.Range,
        CalibrationMethod.Percentile => Percentile(statistics),
        CalibrationMethod.Mse => Least(statistics, r => SquaredError(statistics, r)),
        CalibrationMethod.Entropy => Least(statistics, new Divergence(statistics).Of),
        _ => statistics.Range,
    };

    private static ValueRange Percentile(ActivationStatistics statistics)
    {
        double cut = statistics.Histogram.Sum() * Outside;
        return new ValueRange(
            (float)Math.Min(0, statistics.Middle(First(statistics.Histogram, cut))),
            (float)Math.Max(
                0, statistics.Middle(ActivationStatistics.Bins - 1 - First([.. statistics.Histogram.Reverse()], cut))));
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
    private static ValueRange Least(ActivationStatistics statistics, Func<ValueRange, double> cost)
    {
        ValueRange whole = new(Math.Min(0, statistics.Range.Min), Math.Max(0, statistics.Range.Max));
        ValueRange best = Best(whole, f => new((float)(whole.Min * f), (float)(whole.Max * f)));
        best = whole.Min < 0 ? Best(best, f => best with { Min = (float)(whole.Min * f) }) : best;
        return whole.Max > 0 ? Best(best, f => best with { Max = (float)(whole.Max * f) }) : best;

        ValueRange Best(ValueRange from, Func<double, ValueRange> candidate)
        {
            (ValueRange found, double least) = (from, cost(from));
            for (int i = 0; i < Candidates; i++)
            {
                ValueRange range = candidate(1 - ((1 - LeastPart) * i / (Candidates - 1)));
                double error = cost(range);
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
            double difference = ((ActivationParameters.CodeOf(value, q) - q.ZeroPoint) * (double)q.Scale) - value;
            sum += statistics.Histogram[bin] * difference * difference;
        }

        return sum;
    }
}

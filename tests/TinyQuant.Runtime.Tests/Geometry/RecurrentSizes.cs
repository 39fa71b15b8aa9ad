namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Sizes of an SVDF, and what it remembers, as loops.</summary>
internal sealed class SvdfSizes
{
    public SvdfSizes(GuardedSpans s)
    {
        (Batches, Depth, Units, Memory) = (s.Int(1, 2), s.Length(), s.Length(40), s.Length(20));
        Filters = Units * s.Int(1, 3);
    }

    public int Batches { get; }

    public int Depth { get; }

    public int Units { get; }

    public int Memory { get; }

    public int Filters { get; }

    public int State => Batches * Filters * Memory;

    /// <summary>Moves every filter's memory on by one, and puts what it sees at its end.</summary>
    public void Remember(double[] state, double[] features, Func<double, double> scale)
    {
        for (int filter = 0; filter < features.Length; filter++)
        {
            int first = filter * Memory;
            Array.Copy(state, first + 1, state, first, Memory - 1);
            state[first + Memory - 1] = scale(features[filter]);
        }
    }

    /// <summary>For each unit the sum over its filters and over time.</summary>
    public double[] Sums(double[] state, double[] time, double[] bias)
    {
        int length = Filters / Units * Memory;
        var sums = new double[Batches * Units];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = bias[i % Units]
                + Enumerable.Range(0, length).Sum(k => state[(i * length) + k] * time[(i % Units * length) + k]);
        }

        return sums;
    }
}

/// <summary>Sizes of an LSTM.</summary>
internal sealed class LstmSizes
{
    public LstmSizes(GuardedSpans s)
    {
        (Batches, Steps, Depth, Units) = (s.Int(1, 3), s.Int(1, 3), s.Length(70), s.Length(24));
        IsTimeMajor = s.Once(2);
    }

    public int Batches { get; }

    public int Steps { get; }

    public int Depth { get; }

    public int Units { get; }

    public bool IsTimeMajor { get; }

    public int Gates => 4 * Units;

    /// <summary>Batch and row of each step, step after step.</summary>
    public void ForEachStep(Action<int, int> visit)
    {
        for (int step = 0; step < Steps; step++)
        {
            for (int batch = 0; batch < Batches; batch++)
            {
                visit(batch, IsTimeMajor ? (step * Batches) + batch : (batch * Steps) + step);
            }
        }
    }
}

namespace TinyQuant.Bench.Plot;

/// <summary>A layer and the least time that it took.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Macs">Multiply-accumulates.</param>
/// <param name="Depth">Products that an output is the sum of.</param>
/// <param name="Nanoseconds">Of one run.</param>
internal sealed record SweepPoint(string Shape, long Macs, int Depth, double Nanoseconds)
{
    public double NanosecondsPerMac => Nanoseconds / Macs;

    public double GigaMacsPerSecond => Macs / Nanoseconds;
}

namespace TinyQuant.Bench.Plot;

/// <summary>The layers of one operator in one arithmetic, by one instruction set: a line of the plot.</summary>
/// <param name="Operator">What they compute.</param>
/// <param name="Arithmetic">What they compute in.</param>
/// <param name="Unit">The instruction set, and the compiler.</param>
/// <param name="Points">The layers, smallest first.</param>
internal sealed record SweepLine(string Operator, string Arithmetic, string Unit, IReadOnlyList<SweepPoint> Points)
{
    /// <summary>From where layers count as those of 10 M.</summary>
    private const long Large = 9_000_000;

    /// <summary>The layer with the least time a multiply-accumulate.</summary>
    public SweepPoint Best => Points.MinBy(p => p.NanosecondsPerMac)!;

    /// <summary>The layers of 10 M multiply-accumulates, the fastest first.</summary>
    public IReadOnlyList<SweepPoint> Largest { get; } = [
        .. Points.Where(p => p.Macs >= Large).OrderBy(p => p.NanosecondsPerMac)];

    /// <summary>How many times as long as at best a multiply-accumulate of that layer takes.</summary>
    public double RatioToBest(SweepPoint layer) => layer.NanosecondsPerMac / Best.NanosecondsPerMac;

    /// <summary>
    /// The same, where only layers count that sum as many products for an output: an output's requantization and store
    /// weigh as much in them, so that the number of outputs is all that differs.
    /// </summary>
    public double RatioToBestOfDepth(SweepPoint layer) =>
        layer.NanosecondsPerMac / Points.Where(p => p.Depth == layer.Depth).Min(p => p.NanosecondsPerMac);
}

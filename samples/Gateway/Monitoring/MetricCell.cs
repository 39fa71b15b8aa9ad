namespace Gateway.Monitoring;

/// <summary>Measurements with one tag, added up.</summary>
/// <param name="tag">The tag; default for none.</param>
/// <param name="bounds">Upper bounds of buckets.</param>
internal sealed class MetricCell(KeyValuePair<string, object?> tag, int bounds)
{
    public KeyValuePair<string, object?> Tag => tag;

    /// <summary>Of all values; of what is read when somebody looks, the last one.</summary>
    public double Sum { get; set; }

    public long Count { get; set; }

    /// <summary>How many fell into each bucket; the last is of what is above all bounds.</summary>
    public long[] Buckets { get; private init; } = new long[bounds + 1];

    public MetricCell Copy() => new(tag, bounds) { Sum = Sum, Count = Count, Buckets = [.. Buckets] };
}

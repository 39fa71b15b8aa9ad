using System.Diagnostics.Metrics;

namespace Gateway.Monitoring;

/// <summary>The measurements of one instrument added up, for each value of its one tag.</summary>
/// <param name="instrument">A counter, a gauge, or a histogram with advice on its buckets.</param>
internal sealed class MetricSeries(Instrument instrument)
{
    private readonly Lock _lock = new();
    private readonly List<MetricCell> _cells = [];
    private readonly double[] _bounds =
        instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } ? [.. bounds] : [];

    public Instrument Instrument => instrument;

    /// <summary>Upper bounds of buckets, ascending, none for what is no histogram.</summary>
    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>Takes a measurement. Allocates only for a tag that is new.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            MetricCell cell = Find(tags);
            // what is looked at is no increment
            cell.Sum = instrument is ObservableInstrument<long> ? value : cell.Sum + value;
            cell.Count++;
            if (_bounds.Length > 0)
            {
                int bucket = 0;
                while (bucket < _bounds.Length && value > _bounds[bucket])
                {
                    bucket++;
                }

                cell.Buckets[bucket]++;
            }
        }
    }

    /// <summary>Copies of the sums as they are now.</summary>
    public IReadOnlyList<MetricCell> Read()
    {
        lock (_lock)
        {
            return [.. _cells.Select(cell => cell.Copy())];
        }
    }

    private MetricCell Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        KeyValuePair<string, object?> tag = tags.IsEmpty ? default : tags[0];
        foreach (MetricCell cell in _cells)
        {
            if (ReferenceEquals(cell.Tag.Value, tag.Value))
            {
                return cell;
            }
        }

        _cells.Add(new MetricCell(tag, _bounds.Length));
        return _cells[^1];
    }
}

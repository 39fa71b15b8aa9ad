using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Gateway.Monitoring;

/// <summary>
/// The gateway's meter in Prometheus' text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<MetricSeries> _series = [];

    /// <summary>Listens from now on.</summary>
    public PrometheusText(GatewayMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (metrics.Has(instrument))
            {
                var series = new MetricSeries(instrument);
                lock (_series)
                {
                    _series.Add(series);
                }

                listener.EnableMeasurementEvents(instrument, series);
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) =>
            ((MetricSeries)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) =>
            ((MetricSeries)state!).Record(value, tags));
        _listener.Start();
        metrics.AddZeros();
    }

    /// <summary>The sum of a counter over all tags.</summary>
    /// <param name="name">The instrument's name.</param>
    public long Total(string name)
    {
        lock (_series)
        {
            return (long)_series.Single(series => series.Instrument.Name == name).Read().Sum(cell => cell.Sum);
        }
    }

    /// <summary>All series as they are now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_series)
        {
            foreach (MetricSeries series in _series)
            {
                Write(text, series);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static void Write(StringBuilder text, MetricSeries series)
    {
        (string kind, string suffix) = series.Instrument switch
        {
            Counter<long> or ObservableCounter<long> => ("counter", "_total"),
            Histogram<double> => ("histogram", "_seconds"),
            _ => ("gauge", ""),
        };
        string name = series.Instrument.Name.Replace('.', '_') + suffix;
        text.Append(CultureInfo.InvariantCulture,
            $"# HELP {name} {series.Instrument.Description}\n# TYPE {name} {kind}\n");
        foreach (MetricCell cell in series.Read())
        {
            if (series.Bounds.Count == 0)
            {
                string label = cell.Tag.Value is { } value ? $"{{{cell.Tag.Key}=\"{value}\"}}" : "";
                text.Append(CultureInfo.InvariantCulture, $"{name}{label} {cell.Sum}\n");
            }
            else
            {
                WriteHistogram(text, name, series.Bounds, cell);
            }
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, IReadOnlyList<double> bounds, MetricCell cell)
    {
        long below = 0;
        for (int i = 0; i < bounds.Count; i++)
        {
            below += cell.Buckets[i];
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{bounds[i]}\"}} {below}\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"{name}_bucket{{le=\"+Inf\"}} {cell.Count}\n{name}_sum {cell.Sum}\n{name}_count {cell.Count}\n");
    }
}

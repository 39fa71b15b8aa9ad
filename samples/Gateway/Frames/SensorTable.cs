using System.Buffers;

namespace Gateway.Frames;

/// <summary>The sensors by their topics, at most as many as are allowed for. For one thread, besides <see cref="Count"/>.</summary>
internal sealed class SensorTable
{
    /// <summary>Characters of the longest name.</summary>
    public const int MaxNameLength = 64;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly string _prefix;
    private readonly string _suffix;
    private readonly int _maxSensors;
    private readonly Dictionary<string, Sensor> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sensor>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Makes an empty one.</summary>
    /// <param name="filter">A topic filter with one <c>+</c> in place of a sensor's name.</param>
    /// <param name="maxSensors">How many there may be.</param>
    public SensorTable(string filter, int maxSensors)
    {
        int plus = filter.IndexOf('+', StringComparison.Ordinal);
        (_prefix, _suffix, _maxSensors) = (filter[..plus], filter[(plus + 1)..], maxSensors);
        _lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _byName.Count;

    /// <summary>Finds the sensor of a topic, or makes it.</summary>
    public Rejection Find(ReadOnlySpan<char> topic, out Sensor? sensor)
    {
        sensor = null;
        if (topic.Length <= _prefix.Length + _suffix.Length || !topic.StartsWith(_prefix) || !topic.EndsWith(_suffix))
        {
            return Rejection.Topic;
        }
        ReadOnlySpan<char> name = topic[_prefix.Length..^_suffix.Length];
        if (_lookup.TryGetValue(name, out sensor))
        {
            return Rejection.None;
        }
        if (name.Length > MaxNameLength || name.ContainsAnyExcept(s_allowed))
        {
            return Rejection.Topic;
        }
        if (_byName.Count == _maxSensors)
        {
            return Rejection.Sensors;
        }
        sensor = new Sensor(name.ToString());
        _byName.Add(sensor.Name, sensor);
        return Rejection.None;
    }
}

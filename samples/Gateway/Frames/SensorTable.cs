namespace Gateway.Frames;

/// <summary>
/// The sensors by their names, at most as many as are allowed for: each from its first frame until it has been silent
/// for long. One whose alert stands is kept until another needs its room: when it comes back, its alert is to be
/// cleared. Safe from any thread.
/// </summary>
/// <param name="options">How many there may be, and how long they may be silent.</param>
/// <param name="time">The clock.</param>
internal sealed class SensorTable(SensorOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sensor> _byName = new(StringComparer.Ordinal);
    private readonly LinkedList<Sensor> _heard = []; // those that have been silent for longest come first
    private readonly LinkedList<Sensor> _silent = []; // for long, and with an alert that stands
    private long _forgotten;

    /// <summary>How many there may be.</summary>
    public int Limit => options.Most;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return _byName.Count;
            }
        }
    }

    /// <summary>Whether a new sensor would be refused.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return _byName.Count == options.Most && _silent.Count == 0;
            }
        }
    }

    /// <summary>How many were forgotten since the start.</summary>
    public long Forgotten => Interlocked.Read(ref _forgotten);

    /// <summary>
    /// The sensor that a valid frame came from, which is made where it is new; null where there is no room for it.
    /// </summary>
    /// <param name="name">Its name, as <see cref="SensorTopic"/> finds it.</param>
    public Sensor? Hear(ReadOnlySpan<char> name)
    {
        lock (_lock)
        {
            Forget();
            if (!_byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out Sensor? sensor))
            {
                if (_byName.Count == options.Most && !TryForget(_silent.First))
                {
                    return null;
                }

                sensor = new Sensor(name.ToString());
                _byName.Add(sensor.Name, sensor);
            }

            sensor.HeardAt = time.GetTimestamp();
            sensor.Place.List?.Remove(sensor.Place);
            _heard.AddLast(sensor.Place);
            return sensor;
        }
    }

    /// <summary>Looks at the front alone, so that a frame costs the same however many sensors there are.</summary>
    private void Forget()
    {
        while (_heard.First is { } first && time.GetElapsedTime(first.Value.HeardAt) >= options.ForgetAfter)
        {
            if (first.Value.Alert.IsRaised)
            {
                _heard.Remove(first);
                _silent.AddLast(first);
            }
            else
            {
                TryForget(first);
            }
        }
    }

    private bool TryForget(LinkedListNode<Sensor>? place)
    {
        if (place is null)
        {
            return false;
        }

        place.List!.Remove(place);
        _byName.Remove(place.Value.Name);
        Interlocked.Increment(ref _forgotten);
        return true;
    }
}

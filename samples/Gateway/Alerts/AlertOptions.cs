using Gateway.Configuration;

namespace Gateway.Alerts;

/// <summary>When there is an alert, and where it goes.</summary>
internal sealed record AlertOptions
{
    /// <summary>
    /// What <c>gateway --threshold</c> finds in the 8,000 healthy windows that the recipe trains on: the 99.9th
    /// percentile of their scores. <c>CommandTests</c> runs it.
    /// </summary>
    public const float DefaultThreshold = 0.0086f;

    /// <summary>What stands for the sensor's name in <see cref="Topic"/>.</summary>
    public const string Placeholder = "{sensor}";

    public required string Topic { get; init; }

    /// <summary>A score above it speaks for a fault.</summary>
    public required float Threshold { get; init; }

    /// <summary>Frames in a row above the threshold that raise an alert.</summary>
    public required int RaiseAfter { get; init; }

    /// <summary>Part of the threshold below which a score speaks for health.</summary>
    public required float ClearRatio { get; init; }

    /// <summary>Frames in a row below that which clear it.</summary>
    public required int ClearAfter { get; init; }

    /// <summary>The least time from one alert of a sensor to its next.</summary>
    public required TimeSpan MinInterval { get; init; }

    /// <summary>Alerts that may wait for the broker.</summary>
    public required int QueueCapacity { get; init; }

    /// <summary>Reads them.</summary>
    public static AlertOptions Read(Settings settings)
    {
        var options = new AlertOptions
        {
            Topic = settings.Text("Alerts:Topic", $"vibration/{Placeholder}/alert",
                $"where alerts go; {Placeholder} is the sensor's name"),
            Threshold = settings.Number(
                "Alerts:Threshold", DefaultThreshold, 1e-9f, 1, "a score above it speaks for a fault"),
            RaiseAfter = settings.Integer(
                "Alerts:RaiseAfter", 3, 1, 10_000, "frames in a row above it that raise an alert"),
            ClearRatio = settings.Number(
                "Alerts:ClearRatio", 0.8f, 0.01f, 1, "part of the threshold below which a score speaks for health"),
            ClearAfter = settings.Integer(
                "Alerts:ClearAfter", 10, 1, 10_000, "frames in a row below that which clear it"),
            MinInterval = settings.Seconds(
                "Alerts:MinInterval", 60, 0, 86_400, "seconds from one alert of a sensor to its next, at least"),
            QueueCapacity = settings.Integer("Alerts:QueueCapacity", 1_000, 1, 1_000_000,
                "alerts that may wait for the broker; what comes on top is lost"),
        };
        if (!options.Topic.Contains(Placeholder, StringComparison.Ordinal)
            || options.Topic.AsSpan().ContainsAny('+', '#'))
        {
            settings.Refuse("Alerts:Topic", options.Topic, $"a topic with {Placeholder} and no wildcard");
        }

        return options;
    }
}

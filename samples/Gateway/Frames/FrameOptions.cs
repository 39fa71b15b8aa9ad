using Gateway.Configuration;

namespace Gateway.Frames;

/// <summary>Where frames come from, and how many are held.</summary>
internal sealed record FrameOptions
{
    private const float MostSeconds = 31 * 86_400;

    /// <summary>The topic filter; its one <c>+</c> is a sensor's name.</summary>
    public required string Topic { get; init; }

    /// <summary>Frames between the broker and scoring.</summary>
    public required int QueueCapacity { get; init; }

    /// <summary>Sensors that are known at a time.</summary>
    public required int MaxSensors { get; init; }

    /// <summary>A sensor that has been silent for so long is forgotten.</summary>
    public required TimeSpan ForgetAfter { get; init; }

    /// <summary>Reads them.</summary>
    public static FrameOptions Read(Settings settings)
    {
        var options = new FrameOptions
        {
            Topic = settings.Text(
                "Frames:Topic", "vibration/+/frame", "where frames come from; + is the sensor's name"),
            QueueCapacity = settings.Integer("Frames:QueueCapacity", 4_096, 1, 1_000_000,
                "frames of 1 KB that may wait; what comes on top is dropped"),
            MaxSensors = settings.Integer("Frames:MaxSensors", 10_000, 1, 1_000_000,
                "sensors that are known at a time; frames of further ones are refused"),
            ForgetAfter = settings.Seconds(
                "Frames:ForgetAfter", 3_600, 1, MostSeconds, "seconds of silence after which a sensor is forgotten"),
        };
        if (options.Topic.Split('/').Count(level => level == "+") != 1
            || options.Topic.Count(c => c is '+' or '#') != 1)
        {
            settings.Refuse("Frames:Topic", options.Topic, "a topic with one level '+' and no other wildcard");
        }

        return options;
    }
}

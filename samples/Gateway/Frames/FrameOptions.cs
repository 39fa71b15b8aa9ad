namespace Gateway.Frames;

/// <summary>Where frames come from, and how many are held.</summary>
internal sealed record FrameOptions
{
    /// <summary>The topic filter; its one <c>+</c> is a sensor's name.</summary>
    public required string Topic { get; init; }

    /// <summary>Frames between the broker and scoring.</summary>
    public required int QueueCapacity { get; init; }

    public required int MaxSensors { get; init; }

    /// <summary>Reads them.</summary>
    public static FrameOptions Read(Settings settings)
    {
        var options = new FrameOptions
        {
            Topic = settings.Text("Frames:Topic", "vibration/+/frame", "where frames come from; + is the sensor's name"),
            QueueCapacity = settings.Integer("Frames:QueueCapacity", 4_096, 1, 1_000_000, "frames of 1 KB that may wait; what comes on top is dropped"),
            MaxSensors = settings.Integer("Frames:MaxSensors", 10_000, 1, 1_000_000, "frames of further sensors are refused"),
        };
        if (options.Topic.Split('/').Count(level => level == "+") != 1 || options.Topic.Count(c => c is '+' or '#') != 1)
        {
            settings.Refuse("Frames:Topic", options.Topic, "a topic with one level '+' and no other wildcard");
        }
        return options;
    }
}

using Gateway.Alerts;

namespace Gateway.Frames;

/// <summary>A sensor that has sent a frame.</summary>
internal sealed class Sensor
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name in the topic.</param>
    public Sensor(string name)
    {
        Name = name;
        Place = new LinkedListNode<Sensor>(this);
    }

    public string Name { get; }

    /// <summary>Its place among the others, by when they were heard of last; the table's.</summary>
    public LinkedListNode<Sensor> Place { get; }

    /// <summary>When its last frame came, as a timestamp; the table's.</summary>
    public long HeardAt { get; set; }

    /// <summary>Touched by the thread that scores alone, besides a look at whether it is raised.</summary>
    public AlertState Alert;
}

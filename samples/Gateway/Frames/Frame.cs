using Gateway.Scoring;

namespace Gateway.Frames;

/// <summary>A frame that was received. Made once and used again and again.</summary>
internal sealed class Frame
{
    /// <summary>Who sent it.</summary>
    public Sensor Sensor { get; set; } = null!;

    /// <summary>When it came, in ticks of the time provider's timestamp.</summary>
    public long ReceivedAt { get; set; }

    /// <summary>Physical values.</summary>
    public float[] Samples { get; } = new float[LogSpectrum.Samples];
}

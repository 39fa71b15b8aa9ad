using Gateway.Alerts;

namespace Gateway.Frames;

/// <summary>A sensor that has sent frames.</summary>
/// <param name="name">Its name in the topic.</param>
internal sealed class Sensor(string name)
{
    public string Name => name;

    /// <summary>Touched by the thread that scores alone.</summary>
    public AlertState Alert;
}

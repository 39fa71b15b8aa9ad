using System.Globalization;

namespace TinyQuant.Audio;

/// <summary>When scores of overlapping windows make a word.</summary>
public sealed class RollingDecisionSettings
{
    /// <summary>Windows whose scores are averaged.</summary>
    public int Windows { get; init; } = 3;

    /// <summary>The least average of a word, from 0 to 1.</summary>
    public float Threshold { get; init; } = 0.8f;

    /// <summary>Windows after a word in which no other is found: the same sound is still in them.</summary>
    public int SuppressedWindows { get; init; } = 10;

    /// <exception cref="ArgumentException">A value is outside of its range; the message says which.</exception>
    internal void Validate()
    {
        if (Windows < 1 || SuppressedWindows < 0 || !(Threshold is >= 0 and <= 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Windows is {Windows}, SuppressedWindows {SuppressedWindows}, Threshold {Threshold}; expected at least 1, at least 0, and 0 to 1."));
        }
    }
}

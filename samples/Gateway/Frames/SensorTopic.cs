using System.Buffers;

namespace Gateway.Frames;

/// <summary>Finds a sensor's name in a topic.</summary>
internal sealed class SensorTopic
{
    /// <summary>Characters of the longest name.</summary>
    public const int MaxNameLength = 64;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly string _prefix;
    private readonly string _suffix;

    /// <summary>Makes one.</summary>
    /// <param name="filter">A topic filter with one <c>+</c> in place of a sensor's name.</param>
    public SensorTopic(string filter)
    {
        int plus = filter.IndexOf('+', StringComparison.Ordinal);
        (_prefix, _suffix) = (filter[..plus], filter[(plus + 1)..]);
    }

    /// <summary>The name; empty where there is none, or one that is not allowed.</summary>
    public ReadOnlySpan<char> NameIn(ReadOnlySpan<char> topic)
    {
        if (topic.Length <= _prefix.Length + _suffix.Length || !topic.StartsWith(_prefix) || !topic.EndsWith(_suffix))
        {
            return [];
        }

        ReadOnlySpan<char> name = topic[_prefix.Length..^_suffix.Length];
        return name.Length > MaxNameLength || name.ContainsAnyExcept(s_allowed) ? [] : name;
    }
}

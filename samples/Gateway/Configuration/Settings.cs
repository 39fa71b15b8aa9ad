using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Gateway.Configuration;

/// <summary>
/// Reads settings from a configuration and collects everything that is wrong with them: values that are none, values
/// out of range, keys that nobody asked for. The same calls describe the settings for the help.
/// </summary>
/// <param name="configuration">File, environment and command line, the last of them counting most.</param>
internal sealed class Settings(IConfiguration configuration)
{
    private const int Shown = 40; // characters of a text that is too long

    private readonly List<string> _errors = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Key, default and meaning of each setting that was asked for, in that order.</summary>
    public List<(string Key, string Default, string Meaning)> Descriptions { get; } = [];

    /// <summary>A text, such as MQTT can carry: at most 65,535 bytes of UTF-8, without U+0000.</summary>
    public string Text(string key, string fallback, string meaning)
    {
        string text = Find(key, fallback, meaning) ?? fallback;
        if (Encoding.UTF8.GetByteCount(text) <= ushort.MaxValue && !text.Contains('\0'))
        {
            return text;
        }

        Refuse(key, text.Length > Shown ? text[..Shown] + "..." : text,
            "a text of at most 65535 bytes, without zero bytes");
        return fallback;
    }

    /// <summary>A number without a fraction.</summary>
    public int Integer(string key, int fallback, int least, int most, string meaning)
    {
        string standard = fallback.ToString(CultureInfo.InvariantCulture);
        if (Find(key, standard, meaning) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least && value <= most)
        {
            return value;
        }

        Refuse(key, text, $"an integer from {least} to {most}");
        return fallback;
    }

    /// <summary>A number.</summary>
    public float Number(string key, float fallback, float least, float most, string meaning)
    {
        string standard = fallback.ToString(CultureInfo.InvariantCulture);
        if (Find(key, standard, meaning) is not { } text)
        {
            return fallback;
        }

        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && value >= least
            && value <= most)
        {
            return value;
        }

        Refuse(key, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        return fallback;
    }

    /// <summary>A number of seconds.</summary>
    public TimeSpan Seconds(string key, float fallback, float least, float most, string meaning) =>
        TimeSpan.FromSeconds(Number(key, fallback, least, most, meaning));

    /// <summary>true or false.</summary>
    public bool Flag(string key, bool fallback, string meaning)
    {
        if (Find(key, fallback ? "true" : "false", meaning) is not { } text)
        {
            return fallback;
        }

        if (bool.TryParse(text, out bool value))
        {
            return value;
        }

        Refuse(key, text, "true or false");
        return fallback;
    }

    /// <summary>One of some words.</summary>
    public T Choice<T>(string key, T fallback, string meaning)
        where T : struct, Enum
    {
        if (Find(key, fallback.ToString(), meaning) is not { } text)
        {
            return fallback;
        }

        if (Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]))
        {
            return value;
        }

        Refuse(key, text, string.Join(", ", Enum.GetNames<T>()));
        return fallback;
    }

    /// <summary>Notes that a value is wrong.</summary>
    public void Refuse(string key, string value, string expected) =>
        _errors.Add($"{key} is '{value}'; expected {expected}");

    /// <summary>Everything that is wrong, once all settings were asked for.</summary>
    public IReadOnlyList<string> Errors() =>
    [
        .. _errors,
        .. configuration.AsEnumerable()
            .Where(pair => pair.Value is not null && !_known.Contains(pair.Key))
            .Select(pair => $"{pair.Key} is no setting; 'gateway --help' lists them")
            .Order(StringComparer.Ordinal),
    ];

    private string? Find(string key, string fallback, string meaning)
    {
        _known.Add(key);
        Descriptions.Add((key, fallback, meaning));
        return configuration[key] is { Length: > 0 } text ? text : null;
    }
}

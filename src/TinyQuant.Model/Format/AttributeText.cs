using System.Globalization;

namespace TinyQuant.Model.Format;

/// <summary>Values of attributes as they stand in a model file.</summary>
internal static class AttributeText
{
    public static KeyValuePair<string, string> Of(string key, int value) =>
        new(key, value.ToString(CultureInfo.InvariantCulture));

    public static KeyValuePair<string, string> Of(string key, float value) =>
        new(key, value.ToString("R", CultureInfo.InvariantCulture));

    public static KeyValuePair<string, string> Of(string key, bool value) => new(key, value ? "true" : "false");

    public static KeyValuePair<string, string> Of(string key, IEnumerable<int> values) =>
        new(key, string.Join(",", values.Select(v => v.ToString(CultureInfo.InvariantCulture))));
}

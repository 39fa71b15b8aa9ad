using System.Globalization;

namespace TinyQuant.Model.Attributes;

/// <summary>Values of attributes as they stand in a model file.</summary>
internal static class AttributeText
{
    /// <summary>An activation, where there is one.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Activation value) =>
        value == Activation.None ? [] : [new(AttributeReader.ActivationWord.Key, value.ToName())];

    /// <summary>A padding, where it is not the default.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Padding value) =>
        value == Padding.Valid ? [] : [new(AttributeReader.PaddingWord.Key, value.ToName())];

    public static KeyValuePair<string, string> Of(string key, int value) =>
        new(key, value.ToString(CultureInfo.InvariantCulture));

    public static KeyValuePair<string, string> Of(string key, float value) =>
        new(key, value.ToString("R", CultureInfo.InvariantCulture));

    public static KeyValuePair<string, string> Of(string key, bool value) => new(key, value ? "true" : "false");

    public static KeyValuePair<string, string> Of(string key, IEnumerable<int> values) =>
        new(key, string.Join(",", values.Select(v => v.ToString(CultureInfo.InvariantCulture))));
}

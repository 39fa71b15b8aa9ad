using System.Collections;
using System.Collections.Immutable;
using System.Globalization;

namespace TinyQuant.Import.Operators;

/// <summary>Attributes of an operator as they stand in a model file; for collection initialisers.</summary>
internal sealed class AttributeList : IEnumerable<KeyValuePair<string, string>>
{
    private readonly ImmutableArray<KeyValuePair<string, string>>.Builder _attributes = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();

    public void Add(string key, string value) => _attributes.Add(new(key, value));

    public void Add(string key, int value) => Add(key, value.ToString(CultureInfo.InvariantCulture));

    public void Add(string key, float value) => Add(key, value.ToString("R", CultureInfo.InvariantCulture));

    public void Add(string key, bool value) => Add(key, value ? "true" : "false");

    public void Add(string key, IEnumerable<int> values) =>
        Add(key, string.Join(",", values.Select(v => v.ToString(CultureInfo.InvariantCulture))));

    public ImmutableArray<KeyValuePair<string, string>> ToImmutable() => _attributes.ToImmutable();

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

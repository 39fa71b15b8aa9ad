using System.Collections.Immutable;
using System.Globalization;

namespace TinyQuant.Model.Attributes;

/// <summary>The <c>key=value</c> words of an operator. Each is read once; what nobody reads is an error.</summary>
internal sealed class AttributeReader
{
    /// <summary>What a flag may be.</summary>
    public const string Flags = "true or false";

    private const string ActivationNames = "none, relu, relu6 or relu_n1_to_1";
    private const string PaddingNames = "same or valid";

    /// <summary>Told of an error: the word, its kind, what was wrong and what was expected.</summary>
    public delegate void Fail(Token at, ModelErrorKind kind, string message);

    private readonly List<(string Key, string Value, Token Token)> _unread = [];
    private readonly Token _operator;
    private readonly Fail _fail;
    private readonly Func<string, object?> _find;

    /// <param name="kind">The operator's name in the file.</param>
    /// <param name="words">What stands behind its operands.</param>
    /// <param name="fail">Told of what is wrong.</param>
    /// <param name="find">Finds what the file has named before; null where there is none of that name.</param>
    public AttributeReader(Token kind, IEnumerable<Token> words, Fail fail, Func<string, object?> find)
    {
        _operator = kind;
        _fail = fail;
        _find = find;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (Token word in words)
        {
            int equals = word.Quoted ? -1 : word.Text.IndexOf('=');
            if (equals <= 0)
            {
                fail(word, ModelErrorKind.Malformed, $"'{word.Text}' is not an attribute; expected key=value");
                continue;
            }

            string key = word.Text.Substring(0, equals);
            if (!keys.Add(key))
            {
                fail(word, ModelErrorKind.Malformed, $"attribute '{key}' stands twice; expected it once");
                continue;
            }

            _unread.Add((key, word.Text.Substring(equals + 1), word));
        }
    }

    /// <summary>The word of <see cref="Activation"/>.</summary>
    public static AttributeWord ActivationWord { get; } = new(
        "activation", ActivationNames, Model.Activation.None.ToName());

    /// <summary>The word of <see cref="Padding"/>.</summary>
    public static AttributeWord PaddingWord { get; } = new("padding", PaddingNames, Model.Padding.Valid.ToName());

    public Activation Activation() =>
        Choice(ActivationWord.Key, Model.Activation.None, Activations.TryParse, ActivationNames);

    public Padding Padding() => Choice(PaddingWord.Key, Model.Padding.Valid, Paddings.TryParse, PaddingNames);

    /// <summary>true or false; false where it is missing.</summary>
    public bool Flag(string key) => Choice(key, false, bool.TryParse, Flags);

    /// <summary>A finite number; an error where it is missing and there is no default.</summary>
    public float Float(string key, float? missing)
    {
        if (Take(key, missing is null) is not { } attribute)
        {
            return missing ?? 0;
        }

        if (float.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
            && !float.IsNaN(value) && !float.IsInfinity(value))
        {
            return value;
        }

        Report(attribute.Token, ValueErrors.NoValue(key, attribute.Value, ValueErrors.FiniteNumber));
        return missing ?? 0;
    }

    /// <summary>What the file has named before, which must be there; null where it is not.</summary>
    public T? Named<T>(string key, string expected)
        where T : class
    {
        if (Take(key, required: true) is not { } attribute)
        {
            return null;
        }

        if (_find(attribute.Value) is T found)
        {
            return found;
        }

        Report(attribute.Token, ValueErrors.NoValue(key, attribute.Value, expected));
        return null;
    }

    /// <summary>An integer, which must be there; 0 where it is not or is wrong.</summary>
    public int Integer(string key, int min, int max)
    {
        if (Take(key, required: true) is not { } attribute)
        {
            return 0;
        }

        if (TryInteger(attribute.Value, min, max, out int value))
        {
            return value;
        }

        Report(attribute.Token, ValueErrors.NoValue(key, attribute.Value, ValueErrors.IntegerOf(min, max)));
        return 0;
    }

    /// <summary>A list of integers, as in <c>1,2,3</c>; an error where it is missing and there is no default.</summary>
    /// <param name="key">The attribute.</param>
    /// <param name="missing">What it is where the file does not say; null for an attribute that must be there.</param>
    /// <param name="count">How many there must be; -1 for any number, one at least.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    public ImmutableArray<int> Integers(string key, ImmutableArray<int>? missing, int count, int min, int max)
    {
        ImmutableArray<int> none = missing ?? ImmutableArray<int>.Empty;
        if (Take(key, missing is null) is not { } attribute)
        {
            return none;
        }

        string[] items = attribute.Value.Split(',');
        ImmutableArray<int>.Builder values = ImmutableArray.CreateBuilder<int>(items.Length);
        foreach (string item in items)
        {
            if (!TryInteger(item, min, max, out int value))
            {
                Report(attribute.Token, ValueErrors.NoValue(key, item, ValueErrors.IntegersOf(min, max)));
                return none;
            }

            values.Add(value);
        }

        if (count >= 0 && values.Count != count)
        {
            Report(attribute.Token, ValueErrors.OtherCount(key, values.Count, count));
            return none;
        }

        return values.ToImmutable();
    }

    public void RejectUnread()
    {
        foreach ((string key, _, Token token) in _unread)
        {
            Report(token, $"this operator has no attribute '{key}'");
        }
    }

    private delegate bool TryParse<T>(string text, out T value);

    private T Choice<T>(string key, T missing, TryParse<T> parse, string expected)
    {
        if (Take(key, required: false) is not { } attribute)
        {
            return missing;
        }

        if (!parse(attribute.Value, out T value))
        {
            _fail(attribute.Token, ModelErrorKind.Unsupported, ValueErrors.NoValue(key, attribute.Value, expected));
        }

        return value;
    }

    private static bool TryInteger(string text, int min, int max, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min
            && value <= max;

    private void Report(Token at, string message) => _fail(at, ModelErrorKind.Malformed, message);

    private (string Value, Token Token)? Take(string key, bool required)
    {
        int index = _unread.FindIndex(a => a.Key == key);
        if (index < 0)
        {
            if (required)
            {
                Report(_operator, $"'{_operator.Text}' has no attribute '{key}'; expected {key}=");
            }

            return null;
        }

        (_, string value, Token token) = _unread[index];
        _unread.RemoveAt(index);
        return (value, token);
    }
}

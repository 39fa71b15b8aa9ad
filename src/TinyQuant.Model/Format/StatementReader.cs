using System.Globalization;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model.Format;

/// <summary>
/// Takes the words of one statement one by one; what does not fit becomes an error with its position.
/// </summary>
internal sealed class StatementReader
{
    private readonly List<Token> _tokens;
    private readonly int _line;
    private readonly int _lineLength;
    private readonly ErrorList _errors;
    private int _at = 1;

    public StatementReader(List<Token> tokens, int line, int lineLength, ErrorList errors)
    {
        _tokens = tokens;
        _line = line;
        _lineLength = lineLength;
        _errors = errors;
    }

    /// <summary>The first word; null where it is quoted, and so not a keyword.</summary>
    public string? Keyword => _tokens[0].Quoted ? null : _tokens[0].Text;

    /// <summary>Whether this statement has had an error.</summary>
    public bool Failed { get; private set; }

    /// <summary>Gives the statement up without a word: what is wrong was reported elsewhere.</summary>
    public void Abandon() => Failed = true;

    public Token? Peek => _at < _tokens.Count ? _tokens[_at] : null;

    /// <summary>The next word; an error and null where the statement ends.</summary>
    public Token? Next(string expected)
    {
        if (_at < _tokens.Count)
        {
            return _tokens[_at++];
        }

        if (!Failed)
        {
            Failed = true;
            _errors.Add(ModelErrorKind.Malformed, _line, _lineLength, 1,
                $"the statement '{_tokens[0].Text}' ends too early; expected {expected}");
        }

        return null;
    }

    public int? Integer(string expected, int min, int max)
    {
        if (Next(expected) is not { } token)
        {
            return null;
        }

        if (int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= min && value <= max)
        {
            return value;
        }

        Fail(token, Invariant($"'{token.Text}' is not {expected}; expected an integer from {min} to {max}"));
        return null;
    }

    public double? Number(string expected)
    {
        if (Next(expected) is not { } token)
        {
            return null;
        }

        if (double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && !double.IsNaN(value) && !double.IsInfinity(value))
        {
            return value;
        }

        Fail(token, $"'{token.Text}' is not {expected}; expected a finite number");
        return null;
    }

    public List<Token> Rest()
    {
        List<Token> rest = _tokens.Skip(_at).ToList();
        _at = _tokens.Count;
        return rest;
    }

    /// <summary>The words that are left, at least one.</summary>
    public List<Token> Rest(string expected)
    {
        if (Peek is null)
        {
            Next(expected);
        }

        return Rest();
    }

    /// <summary>The words before <c>-&gt;</c>, which is taken too.</summary>
    public List<Token> UntilArrow()
    {
        List<Token> words = _tokens.Skip(_at).TakeWhile(t => !t.Is("->")).ToList();
        _at += words.Count;
        Next("'->' between inputs and outputs");
        return words;
    }

    /// <summary>The words before the first <c>key=value</c>.</summary>
    public List<Token> UntilAttribute()
    {
        List<Token> words = _tokens.Skip(_at).TakeWhile(t => t.Quoted || t.Text.IndexOf('=') < 0).ToList();
        _at += words.Count;
        return words;
    }

    /// <summary>An error where words are left.</summary>
    public void End()
    {
        if (!Failed && Peek is { } token)
        {
            Fail(token,
                $"'{token.Text}' is more than the statement '{_tokens[0].Text}' takes; expected the end of the line");
        }
    }

    public void Fail(Token at, string message) => Fail(at, ModelErrorKind.Malformed, message);

    public void Fail(Token at, ModelErrorKind kind, string message)
    {
        Failed = true;
        _errors.Add(kind, at, message);
    }
}

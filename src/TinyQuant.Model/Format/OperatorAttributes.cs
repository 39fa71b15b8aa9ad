namespace TinyQuant.Model.Format;

/// <summary>The <c>key=value</c> words of an operator. Each is read once; what nobody reads is an error.</summary>
internal sealed class OperatorAttributes
{
    private readonly List<(string Key, string Value, Token Token)> _unread = [];
    private readonly StatementReader _reader;

    public OperatorAttributes(IEnumerable<Token> tokens, StatementReader reader)
    {
        _reader = reader;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (Token token in tokens)
        {
            int equals = token.Quoted ? -1 : token.Text.IndexOf('=');
            if (equals <= 0)
            {
                reader.Fail(token, $"'{token.Text}' is not an attribute; expected key=value");
                continue;
            }
            string key = token.Text.Substring(0, equals);
            if (!keys.Add(key))
            {
                reader.Fail(token, $"attribute '{key}' stands twice; expected it once");
                continue;
            }
            _unread.Add((key, token.Text.Substring(equals + 1), token));
        }
    }

    public Activation Activation()
    {
        if (Take("activation") is not { } attribute)
        {
            return Model.Activation.None;
        }
        if (!Activations.TryParse(attribute.Value, out Activation activation))
        {
            _reader.Fail(attribute.Token, ModelErrorKind.Unsupported,
                $"'{attribute.Value}' is not an activation; expected none, relu, relu6 or relu_n1_to_1");
        }
        return activation;
    }

    public void RejectUnread()
    {
        foreach ((string key, _, Token token) in _unread)
        {
            _reader.Fail(token, $"this operator has no attribute '{key}'");
        }
    }

    private (string Value, Token Token)? Take(string key)
    {
        int index = _unread.FindIndex(a => a.Key == key);
        if (index < 0)
        {
            return null;
        }
        (_, string value, Token token) = _unread[index];
        _unread.RemoveAt(index);
        return (value, token);
    }
}

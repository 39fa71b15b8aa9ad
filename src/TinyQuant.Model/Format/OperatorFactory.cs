using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>Makes operators by name: what an importer uses, so that it need not know each operator's class.</summary>
public static class OperatorFactory
{
    /// <summary>The names of all operators, for messages.</summary>
    public static string Known => string.Join(", ", OperatorRegistry.All.Keys);

    /// <summary>Whether there is an operator of that name.</summary>
    public static bool Knows(string kind) => OperatorRegistry.All.ContainsKey(kind);

    /// <summary>Makes an operator as a statement of a model file does.</summary>
    /// <param name="kind">Its name, for example <c>FullyConnected</c>.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputs">What it writes.</param>
    /// <param name="attributes">Attributes that differ from their defaults, as they stand in a model file.</param>
    /// <param name="error">What is wrong; null where nothing is.</param>
    /// <returns>The operator, not yet validated; null where there is an error.</returns>
    public static Operator? Create(
        string kind, ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs,
        IEnumerable<KeyValuePair<string, string>> attributes, out string? error)
    {
        string? first = null;
        IEnumerable<Token> words = attributes.Select(a => new Token($"{a.Key}={a.Value}", 0, 0, 0, Quoted: false));
        var statement = new OperatorAttributes(new Token(kind, 0, 0, 0, Quoted: false), words, (_, _, message) => first ??= message);
        Operator? created = Read(kind, inputs, outputs, statement, line: -1, (_, message) => first ??= message);
        error = first;
        return first is null ? created : null;
    }

    /// <summary>Makes an operator of its statement; reports what is wrong.</summary>
    internal static Operator? Read(
        string kind, ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, OperatorAttributes attributes, int line,
        Action<ModelErrorKind, string> fail)
    {
        if (!OperatorRegistry.All.TryGetValue(kind, out OperatorRegistry.Read? read))
        {
            string on = outputs.Length > 0 ? $" (its output is {outputs[0]})" : "";
            fail(ModelErrorKind.Unsupported, $"operator '{kind}'{on} is not supported; expected one of: {Known}");
            return null;
        }
        Operator? created = read(new OperatorStatement(kind, inputs, outputs, attributes, line, fail));
        if (created is not null)
        {
            attributes.RejectUnread();
        }
        return created;
    }
}

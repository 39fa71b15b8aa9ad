namespace TinyQuant.Model;

/// <summary>What kind of thing is wrong with a model file.</summary>
public enum ModelErrorKind
{
    /// <summary>Not the format: a statement, a number or the data cannot be read.</summary>
    Malformed,

    /// <summary>A version of the format that this reader does not know.</summary>
    UnknownVersion,

    /// <summary>Types, shapes or quantization that do not fit together.</summary>
    Mismatch,

    /// <summary>An operator or a type that is not implemented.</summary>
    Unsupported,
}

/// <summary>What is wrong with a model file, and where.</summary>
public sealed class ModelError
{
    private const int MaxMessageLength = 2000; // an unknown operator is answered with all that are known

    /// <summary>Creates an error.</summary>
    /// <param name="kind">What kind of error.</param>
    /// <param name="line">From 0.</param>
    /// <param name="column">From 0.</param>
    /// <param name="length">Characters that are wrong; at least 1.</param>
    /// <param name="message">What was wrong and what was expected.</param>
    public ModelError(ModelErrorKind kind, int line, int column, int length, string message)
    {
        Kind = kind;
        Line = line;
        Column = column;
        Length = Math.Max(1, length);
        Message = OneLine(message);
    }

    /// <summary>What kind of error.</summary>
    public ModelErrorKind Kind { get; }

    /// <summary>The line, from 0.</summary>
    public int Line { get; }

    /// <summary>The column, from 0.</summary>
    public int Column { get; }

    /// <summary>Characters that are wrong.</summary>
    public int Length { get; }

    /// <summary>What was wrong and what was expected.</summary>
    public string Message { get; }

    /// <summary>As editors and compilers print it, line and column from 1.</summary>
    public override string ToString() => Invariant($"({Line + 1},{Column + 1}): {Message}");

    /// <summary>Names in a message may hold anything, and be as long as the file.</summary>
    private static string OneLine(string message) =>
        Printable.Text(message.Length > MaxMessageLength ? message.Substring(0, MaxMessageLength) + "..." : message);
}

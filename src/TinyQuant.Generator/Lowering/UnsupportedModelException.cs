namespace TinyQuant.Generator;

/// <summary>The model is well-formed, but this version cannot lower it; becomes TQ006 at the operator.</summary>
internal sealed class UnsupportedModelException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}

namespace TinyQuant.Import;

/// <summary>
/// What an operator asks for and a <c>.tqm</c> file cannot say. Caught by the importer, which goes on with the next
/// operator.
/// </summary>
/// <param name="message">What is wrong with this operator, and what was expected.</param>
/// <param name="remedy">What to do about all operators of that kind, and what they are; null where the message says
/// it.</param>
internal sealed class UnsupportedException(string message, string? remedy = null) : Exception(message)
{
    public string? Remedy { get; } = remedy;
}

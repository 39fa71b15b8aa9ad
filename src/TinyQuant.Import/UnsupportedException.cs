namespace TinyQuant.Import;

/// <summary>What an operator asks for and a <c>.tqm</c> file cannot say. Caught by the importer, which goes on with the next operator.</summary>
internal sealed class UnsupportedException(string message) : Exception(message);

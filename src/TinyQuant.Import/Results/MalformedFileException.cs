namespace TinyQuant.Import;

/// <summary>
/// A file that is none of the expected kind, or damaged. Caught by the importer: it never leaves this project.
/// </summary>
internal sealed class MalformedFileException(string message) : Exception(message);

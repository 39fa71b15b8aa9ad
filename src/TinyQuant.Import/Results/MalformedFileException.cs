namespace TinyQuant.Import;

/// <summary>
/// A file that is no flatbuffer of the expected kind. Caught by the importer: it never leaves this project.
/// </summary>
internal sealed class MalformedFileException(string message) : Exception(message);

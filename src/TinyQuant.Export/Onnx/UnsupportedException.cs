namespace TinyQuant.Export.Onnx;

/// <summary>
/// What an operator asks for and the other format cannot say. Caught by the exporter, which goes on with the next
/// operator.
/// </summary>
internal sealed class UnsupportedException(string message) : Exception(message);

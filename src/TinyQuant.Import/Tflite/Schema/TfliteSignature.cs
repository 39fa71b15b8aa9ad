namespace TinyQuant.Import.Tflite.Schema;

/// <summary>A subgraph that a file names for callers.</summary>
/// <param name="Name">Its key, for example <c>serving_default</c>.</param>
/// <param name="Subgraph">The subgraph's index.</param>
internal sealed record TfliteSignature(string Name, int Subgraph);

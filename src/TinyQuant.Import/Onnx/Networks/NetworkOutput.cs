namespace TinyQuant.Import.Onnx.Networks;

/// <summary>An output of a network.</summary>
/// <param name="Name">Its name in the file, whatever the value is called that it became.</param>
/// <param name="Value">What it is.</param>
internal sealed record NetworkOutput(string Name, Value Value);

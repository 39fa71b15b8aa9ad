using TinyQuant.Model;

namespace TinyQuant.Golden;

/// <summary>Runs a model over the raw bytes of its inputs and outputs, one after another.</summary>
internal delegate void RunModel(ReadOnlySpan<byte> input, Span<byte> output);

/// <summary>An output of a model.</summary>
/// <param name="Type">Its element type.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="IsExact">Whether reals must be equal too: they are dequantized codes.</param>
internal sealed record GoldenOutput(TensorType Type, int Bytes, bool IsExact);

/// <summary>An instance of a model that is compiled into this program.</summary>
/// <param name="Folder">Where its files are, below the golden directory.</param>
/// <param name="Suffix">Of its expected files: nothing for double rounding, <c>_single</c> for single.</param>
/// <param name="InputBytes">The bytes of all inputs of a run.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Run">Runs it.</param>
/// <param name="Reset">Sets its state to real 0; null for a model without state.</param>
internal sealed record GoldenModel(
    string Folder, string Suffix, int InputBytes, GoldenOutput[] Outputs, RunModel Run, Action? Reset);

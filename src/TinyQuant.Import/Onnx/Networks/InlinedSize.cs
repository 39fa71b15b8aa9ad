using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>
/// What functions add to a network may be far more than what the file has, as some run others many times. All of it is
/// counted, also what comes to nothing.
/// </summary>
internal sealed class InlinedSize
{
    // About what each takes in memory.
    private const int NodeBytes = 256;
    private const int ValueBytes = 256;
    private const int OperandBytes = 32;

    private long _bytes;

    /// <summary>A node is read in a scope; those of the file's own graph are counted already.</summary>
    /// <exception cref="MalformedFileException">There are too many.</exception>
    public void Charge(OnnxNode source, Scope scope)
    {
        if (scope.Depth == 0)
        {
            return;
        }

        _bytes += NodeBytes + ((source.Outputs.Length + 1L) * (scope.Prefix.Length + ValueBytes))
            + (OperandBytes * (source.Inputs.Length + source.Attributes.Length));
        if (_bytes > Limits.InlinedBytes)
        {
            throw new MalformedFileException(Invariant($"its functions run each other so often that they would take ")
                + Invariant($"more than {Limits.InlinedBytes} bytes; expected a model of fewer nodes"));
        }
    }
}

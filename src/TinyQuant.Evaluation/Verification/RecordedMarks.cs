using TinyQuant.Data.IO;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Verification;

/// <summary>
/// What of recorded outputs counts: a reference may end runs without outputs, or leave bytes of them as they were.
/// </summary>
internal sealed class RecordedMarks
{
    private readonly RecordedTensors? _mask;
    private readonly byte[]? _status;

    private RecordedMarks(RecordedTensors? mask, byte[]? status)
    {
        _mask = mask;
        _status = status;
    }

    /// <summary>All outputs count, in every run.</summary>
    public static RecordedMarks None { get; } = new(null, null);

    /// <summary>Reads the files of a folder, where they are there.</summary>
    /// <param name="mask">As long as the outputs: 0 for each byte that is not compared; null for none.</param>
    /// <param name="status">A byte for each run: 0 where it has outputs; null for none.</param>
    /// <param name="outputs">The outputs of one run.</param>
    /// <param name="runs">How many runs there are.</param>
    /// <exception cref="InvalidDataException">A file does not have the length of its runs.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RecordedMarks Read(string? mask, string? status, IReadOnlyList<Tensor> outputs, int runs)
    {
        RecordedTensors? masked = mask is null ? null : RecordedTensors.Read(mask, outputs);
        byte[]? states = status is null ? null : WholeFile.ReadAllBytes(status);
        return (masked?.Count ?? runs) == runs && (states?.Length ?? runs) == runs
            ? new RecordedMarks(masked, states)
            : throw new InvalidDataException(
                Invariant($"the marks are of {masked?.Count ?? states?.Length} runs; expected {runs}."));
    }

    /// <summary>Whether a run has outputs.</summary>
    /// <param name="run">The run, from 0.</param>
    public bool HasOutputs(int run) => _status is null || _status[run] == 0;

    /// <summary>
    /// Puts what was expected in place of all elements of which any byte is not compared: where a reference leaves one
    /// as it was, some of its bytes may be the same each time.
    /// </summary>
    /// <param name="run">The run, from 0.</param>
    /// <param name="output">The output, from 0.</param>
    /// <param name="elementBytes">The bytes of one element.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="actual">As many bytes.</param>
    public void Cover(int run, int output, int elementBytes, ReadOnlySpan<byte> expected, Span<byte> actual)
    {
        if (_mask is null)
        {
            return;
        }

        byte[] mask = _mask.Run(run)[output];
        for (int at = 0; at < mask.Length; at += elementBytes)
        {
            if (mask.AsSpan(at, elementBytes).Contains((byte)0))
            {
                expected.Slice(at, elementBytes).CopyTo(actual[at..]);
            }
        }
    }
}

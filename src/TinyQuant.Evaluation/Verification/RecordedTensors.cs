using TinyQuant.Data.IO;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Verification;

/// <summary>
/// Raw tensors of several runs in one file: the tensors of a run in the model's order, run after run.
/// </summary>
public sealed class RecordedTensors
{
    private readonly byte[] _bytes;
    private readonly IReadOnlyList<Tensor> _tensors;
    private readonly int _runBytes;

    private RecordedTensors(byte[] bytes, IReadOnlyList<Tensor> tensors, int runBytes)
    {
        _bytes = bytes;
        _tensors = tensors;
        _runBytes = runBytes;
    }

    /// <summary>The number of runs.</summary>
    public int Count => _bytes.Length / _runBytes;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Raw little-endian tensors.</param>
    /// <param name="tensors">The tensors of one run.</param>
    /// <exception cref="InvalidDataException">Its length is not that of one or more runs; the message says
    /// which.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedTensors Read(string path, IReadOnlyList<Tensor> tensors)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"there is no file '{path}'.");
        }

        byte[] bytes = WholeFile.ReadAllBytes(path);
        long runBytes = tensors.Sum(t => (long)t.ByteLength);
        if (bytes.Length == 0 || bytes.Length % runBytes != 0)
        {
            throw new InvalidDataException(
                Invariant($"'{path}' has {bytes.Length} bytes; expected a multiple of {runBytes}: ")
                + string.Join(", ", tensors.Select(t => t.ToString())));
        }

        return new RecordedTensors(bytes, tensors, (int)runBytes);
    }

    /// <summary>The tensors of one run.</summary>
    public byte[][] Run(int index)
    {
        byte[][] run = new byte[_tensors.Count][];
        int at = index * _runBytes;
        for (int i = 0; i < run.Length; i++)
        {
            run[i] = _bytes.AsSpan(at, _tensors[i].ByteLength).ToArray();
            at += run[i].Length;
        }

        return run;
    }
}

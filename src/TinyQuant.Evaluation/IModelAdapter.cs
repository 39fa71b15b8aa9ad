using System.ComponentModel;

namespace TinyQuant.Evaluation;

/// <summary>
/// What <see cref="CompiledModel"/> calls; implemented by source that is compiled beside the generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IModelAdapter
{
    /// <summary>Bytes of memory that a run needs.</summary>
    int ArenaBytes { get; }

    /// <summary>Of these, what kernels need besides tensors.</summary>
    int ScratchBytes { get; }

    /// <summary>What an instance holds: enough to run and to classify.</summary>
    int InstanceBytes { get; }

    /// <summary>Bytes of all constants of the program.</summary>
    int BakedBytes { get; }

    /// <summary>Whether <see cref="Classify(ReadOnlySpan{float})"/> works.</summary>
    bool Classifies { get; }

    /// <summary>Whether <see cref="Classify(ReadOnlySpan{byte})"/> works.</summary>
    bool ClassifiesPixels { get; }

    /// <summary>Runs the model over raw little-endian tensors, and says whether there are outputs.</summary>
    bool Run(IReadOnlyList<byte[]> inputs, IReadOnlyList<byte[]> outputs);

    /// <summary>Sets the model's state to real 0; nothing for a model without state.</summary>
    void Reset();

    /// <summary>
    /// Told of each tensor that an operator computes: operator, output, bytes. Only in code that was generated to tell.
    /// </summary>
    void TraceLayers(Action<int, int, byte[]>? trace);

    /// <summary>
    /// Told of each operator when it is done, and with -1 before the first. Only in code that was generated to tell.
    /// </summary>
    void WatchLayers(Action<int>? done);

    /// <summary>The class of an input in real numbers.</summary>
    int Classify(ReadOnlySpan<float> values);

    /// <summary>The class of an input of bytes from 0 to 255.</summary>
    int Classify(ReadOnlySpan<byte> pixels);
}

using System.ComponentModel;

namespace TinyQuant.Evaluation;

/// <summary>What <see cref="CompiledModel"/> calls; implemented by source that is compiled beside the generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IModelAdapter
{
    /// <summary>Bytes of memory that a run needs.</summary>
    int ArenaBytes { get; }

    /// <summary>Bytes of all constants of the program.</summary>
    int BakedBytes { get; }

    /// <summary>Whether <see cref="Classify(ReadOnlySpan{float})"/> works.</summary>
    bool Classifies { get; }

    /// <summary>Whether <see cref="Classify(ReadOnlySpan{byte})"/> works.</summary>
    bool ClassifiesPixels { get; }

    /// <summary>Runs the model over raw little-endian tensors.</summary>
    void Run(IReadOnlyList<byte[]> inputs, IReadOnlyList<byte[]> outputs);

    /// <summary>The class of an input in real numbers.</summary>
    int Classify(ReadOnlySpan<float> values);

    /// <summary>The class of an input of bytes from 0 to 255.</summary>
    int Classify(ReadOnlySpan<byte> pixels);
}

using TinyQuant.Model;

namespace TinyQuant.Evaluation.Verification;

/// <summary>
/// A folder with a model and what a reference computes for it: <c>model.tqm</c>, or of another extension,
/// <c>input.bin</c>, and <c>expected.bin</c>, for single rounding <c>expected_single.bin</c>; for a model with state
/// also
/// <c>expected_streaming.bin</c>, where it is carried; <c>mask.bin</c>, whose zeros are bytes that are not compared;
/// <c>status.bin</c> and <c>status_streaming.bin</c>, in which a run that has no outputs is not 0; and
/// <c>layers.tsv</c> with <c>layers.bin</c>, of double rounding.
/// </summary>
/// <param name="Path">The folder.</param>
/// <param name="Model">The model's file.</param>
public sealed record GoldenFolder(string Path, string Model)
{
    /// <summary>All golden folders below a directory, itself included, in the order of their paths.</summary>
    /// <param name="directory">Where to look.</param>
    /// <param name="extensions">What names of models end in, with the point; the first that a folder has is
    /// taken.</param>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static IReadOnlyList<GoldenFolder> Find(string directory, IEnumerable<string> extensions) =>
        [.. FolderWalk.From(directory)
        .Where(folder => System.IO.File.Exists(System.IO.Path.Combine(folder, "input.bin")))
        .Select(folder => (Folder: folder, Model: extensions.Select(extension => "model" + extension)
            .Select(name => System.IO.Path.Combine(folder, name)).FirstOrDefault(System.IO.File.Exists)))
        .Where(f => f.Model is not null && System.IO.File.Exists(System.IO.Path.Combine(f.Folder, "expected.bin")))
        .Select(f => new GoldenFolder(f.Folder, f.Model!))
        .OrderBy(f => f.Path, StringComparer.Ordinal)];

    /// <summary>Its inputs.</summary>
    public string Input => File("input.bin");

    /// <summary>Where outputs of a rounding are, state reset before each; null where there are none.</summary>
    public string? Expected(Rounding rounding) => Existing($"expected{Suffix(rounding)}.bin");

    /// <summary>Where outputs with state carried are; null where there are none.</summary>
    public string? ExpectedStreaming(Rounding rounding) => Existing($"expected_streaming{Suffix(rounding)}.bin");

    /// <summary>The table of layers of that rounding; null where there is none.</summary>
    public string? Layers(Rounding rounding) => rounding == Rounding.Double ? Existing("layers.tsv") : null;

    /// <summary>
    /// Compares outputs and, if wanted, layers; float32 values within <see cref="Tolerance.Float32"/>.
    /// </summary>
    /// <param name="graph">The folder's model.</param>
    /// <param name="comparesLayers">Whether layers are compared where they are recorded.</param>
    /// <returns>The first difference; null where there is none.</returns>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    /// <exception cref="InvalidDataException">A file of the folder does not fit the model.</exception>
    /// <exception cref="IOException">A file cannot be read, or there is none for the model's rounding.</exception>
    public Mismatch? Verify(Graph graph, bool comparesLayers) =>
        Verify(graph, comparesLayers, Tolerance.Float32, out _);

    /// <summary>Compares outputs and, if wanted, layers.</summary>
    /// <param name="graph">The folder's model.</param>
    /// <param name="comparesLayers">Whether layers are compared where they are recorded.</param>
    /// <param name="tolerance">How far float32 values may be from what was expected.</param>
    /// <param name="isEqual">Whether all that was compared is equal to the bit, and not only within the
    /// tolerance.</param>
    /// <returns>The first difference; null where there is none.</returns>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    /// <exception cref="InvalidDataException">A file of the folder does not fit the model.</exception>
    /// <exception cref="IOException">A file cannot be read, or there is none for the model's rounding.</exception>
    public Mismatch? Verify(Graph graph, bool comparesLayers, Tolerance tolerance, out bool isEqual)
    {
        ArgumentNullException.ThrowIfNull(graph);
        string? layers = comparesLayers ? Layers(graph.Rounding) : null;
        using ModelVerifier verifier = ModelVerifier.Compile(graph, layers is not null, tolerance);
        RecordedTensors inputs = RecordedTensors.Read(Input, graph.Inputs);
        Mismatch? mismatch = layers is null ? null : verifier.Layers(inputs, RecordedLayer.Read(layers));
        mismatch ??= verifier.Outputs(inputs, RecordedTensors.Read(
            Expected(graph.Rounding)
                ?? throw new FileNotFoundException($"'{Path}' has no outputs of rounding {graph.Rounding.ToName()}."),
                graph.Outputs), carriesState: false, Marks("status.bin", graph, inputs.Count));
        if (mismatch is null && ExpectedStreaming(graph.Rounding) is { } streaming)
        {
            mismatch = verifier.Outputs(inputs, RecordedTensors.Read(streaming, graph.Outputs), carriesState: true,
                Marks("status_streaming.bin", graph, inputs.Count));
        }

        isEqual = verifier.IsEqual;
        return mismatch;
    }

    private RecordedMarks Marks(string status, Graph graph, int runs) =>
        RecordedMarks.Read(Existing("mask.bin"), Existing(status), graph.Outputs, runs);

    private static string Suffix(Rounding rounding) =>
        rounding == Rounding.Double ? "" : "_" + rounding.ToName().Replace('-', '_');

    private string File(string name) => System.IO.Path.Combine(Path, name);

    private string? Existing(string name) => System.IO.File.Exists(File(name)) ? File(name) : null;
}

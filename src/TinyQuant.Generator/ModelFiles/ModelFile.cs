using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// A model file, read. Two are equal where paths and text are: the graph is a function of the text, so comparing the
/// text's checksum compares the graph.
/// </summary>
internal sealed class ModelFile : IEquatable<ModelFile>
{
    private readonly ImmutableArray<byte> _checksum;

    private ModelFile(string path, string source, ImmutableArray<byte> checksum, ValidGraph? graph,
        EquatableArray<DiagnosticInfo> errors,
        EquatableArray<DiagnosticInfo> warnings)
    {
        Path = path;
        Source = source;
        _checksum = checksum;
        Graph = graph;
        Errors = errors;
        Warnings = warnings;
    }

    public const string Extension = ".tqm";

    private const string SourceMetadata = "build_metadata.AdditionalFiles.TinyQuantSource64";

    public string Path { get; }

    /// <summary>The file that the user named: another one where the build made the model file of it.</summary>
    public string Source { get; }

    /// <summary>Null where there are <see cref="Errors"/>.</summary>
    public ValidGraph? Graph { get; }

    public EquatableArray<DiagnosticInfo> Errors { get; }

    /// <summary>What is strange about a model that can be used.</summary>
    public EquatableArray<DiagnosticInfo> Warnings { get; }

    /// <summary>
    /// What the item says, in base64, that the file was made of; the file itself where it says nothing.
    /// </summary>
    public static string SourceOf(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(SourceMetadata, out string? source) && source.Length > 0
            ? Decode(source) ?? file.Path
            : file.Path;

    /// <summary>Null for what is no base64, which only another build than ours writes.</summary>
    private static string? Decode(string source)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(source));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static ModelFile Read(AdditionalText file, string source, CancellationToken cancellation)
    {
        SourceText? text = file.GetText(cancellation);
        if (text is null)
        {
            var start = new LocationInfo(file.Path, default, default);
            return new ModelFile(file.Path, source, [], null, new EquatableArray<DiagnosticInfo>(
                [new DiagnosticInfo(Descriptors.Malformed, start, "the file cannot be read as text")]),
                EquatableArray<DiagnosticInfo>.Empty);
        }

        ModelReadResult result = ModelReader.Read(text.ToString());
        var errors = result.Errors.Select(e =>
            new DiagnosticInfo(Descriptors.For(e.Kind), Locate(file.Path, text, e), e.Message));
        IEnumerable<DiagnosticInfo> warnings = result.Valid is null ? [] : NonFiniteWeights.Of(result.Valid)
            .Select(w =>
                new DiagnosticInfo(
                    Descriptors.NonFiniteWeights, LocateLine(file.Path, text, w.Tensor.Line), w.ToString()));
        return new ModelFile(file.Path, source, text.GetChecksum(), result.Valid,
            new EquatableArray<DiagnosticInfo>([.. errors]), new EquatableArray<DiagnosticInfo>([.. warnings]));
    }

    public bool Equals(ModelFile? other) =>
        other is not null && Path == other.Path && Source == other.Source && _checksum.SequenceEqual(other._checksum);

    public override bool Equals(object? obj) => Equals(obj as ModelFile);

    public override int GetHashCode() => Path.GetHashCode();

    private static LocationInfo LocateLine(string path, SourceText text, int line)
    {
        TextSpan span = text.Lines[Math.Min(Math.Max(line, 0), text.Lines.Count - 1)].Span;
        return new LocationInfo(path, span, text.Lines.GetLinePositionSpan(span));
    }

    private static LocationInfo Locate(string path, SourceText text, ModelError error)
    {
        TextLine line = text.Lines[Math.Min(error.Line, text.Lines.Count - 1)];
        int start = Math.Min(line.Start + error.Column, line.End);
        var span = TextSpan.FromBounds(start, Math.Min(start + error.Length, Math.Max(start, line.End)));
        return new LocationInfo(path, span, text.Lines.GetLinePositionSpan(span));
    }
}

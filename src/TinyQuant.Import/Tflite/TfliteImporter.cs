using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Detections;
using TinyQuant.Import.Tflite.Legacy;
using TinyQuant.Import.Tflite.Refusals;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Import.Tflite.Shapes;
using TinyQuant.Import.Tflite.Signatures;
using TinyQuant.Import.Tflite.State;
using TinyQuant.Import.Tflite.Subgraphs;
using TinyQuant.Import.Tflite.Weights;

namespace TinyQuant.Import;

/// <summary>TensorFlow Lite files to graphs.</summary>
public static class TfliteImporter
{
    /// <summary>What files of the format end in.</summary>
    internal const string Extension = ".tflite";

    /// <summary>Whether bytes begin as such a file does: a flatbuffer's offset, and the format's identifier.</summary>
    internal static bool Recognizes(ReadOnlyMemory<byte> start) =>
        start.Length >= 8 && start.Span.Slice(4, 4).SequenceEqual("TFL3"u8);

    /// <summary>
    /// Reads a <c>.tflite</c> file. It never throws, whatever the bytes, and needs memory in proportion to them: what
    /// is damaged, and what a model file cannot represent, is an error. The same bytes give the same graph.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="options">The name, signature, shapes and rounding of the model.</param>
    /// <returns>The graph, or all errors.</returns>
    public static ImportResult Import(ReadOnlyMemory<byte> file, ImportOptions? options = null)
    {
        var errors = new ErrorCollection();
        SignatureChoice? choice = null;
        try
        {
            var budget = new Budget(file.Length);
            TfliteModel source = TfliteReader.Read(file, budget);
            options ??= new ImportOptions();
            if (MainSubgraph.Of(source, options.Signature, errors) is not { } main)
            {
                return ImportResult.Of(errors.ToImmutable());
            }

            choice = main.Choice;
            var states = new FileStates(source, main.Index, budget);
            SourceModel model = states.Resolve(main.Index, [], errors);
            if (ForeignModels.Find(model) is { } remedy)
            {
                return ImportResult.Of([new ImportError(remedy)], choice);
            }

            model = DetectionShapes.Resolve(LegacyModels.Resolve(UnreadZeroPoints.Resolve(model), budget));
            if (GivenShapes.Resolve(model, options.Shapes, budget, errors) is { } shaped
                && new SubgraphImporter(states, budget).Builder(shaped, errors).Build(options) is { } valid)
            {
                return ImportResult.Of(valid, choice);
            }
        }
        catch (MalformedFileException e)
        {
            // What was met before means nothing.
            string message = $"this is not a TensorFlow Lite model: {e.Message}";
            return ImportResult.Of([
                new ImportError(ForeignFiles.Find(file.Span) is { } remedy ? $"{remedy}; {message}" : message)]);
        }

        return ImportResult.Of(errors.ToImmutable(), choice);
    }
}

using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Model;

namespace TinyQuant.Training.Recipes;

/// <summary>A model that was measured.</summary>
/// <param name="Graph">The model, with its accuracy in it.</param>
/// <param name="Confusion">What it answered on the test images.</param>
public sealed record MeasuredModel(Graph Graph, ConfusionMatrix Confusion);

/// <summary>What a recipe made.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Data">What there was to learn from, those held out included.</param>
/// <param name="Float">float32 throughout.</param>
/// <param name="PostTraining">int8 throughout, quantized after training.</param>
/// <param name="Int4PostTraining">The same with int4 weights; null where none were asked for.</param>
/// <param name="Aware">After quantization-aware training, in the recipe's format; null where there was none.</param>
/// <param name="History">What each epoch of training gave.</param>
/// <param name="AwareHistory">What each epoch of quantization-aware training gave.</param>
public sealed record TrainedNetwork(
    NetworkRecipe Recipe, LabelledExamples Data, MeasuredModel Float, MeasuredModel PostTraining,
    MeasuredModel? Int4PostTraining, MeasuredModel? Aware,
    IReadOnlyList<EpochResult> History, IReadOnlyList<EpochResult> AwareHistory)
{
    /// <summary>The int8 model to ship.</summary>
    public MeasuredModel Int8 => Int4PostTraining is null && Aware is not null ? Aware : PostTraining;

    /// <summary>The int4 model to ship; null where none was asked for.</summary>
    public MeasuredModel? Int4 => Int4PostTraining is null ? null : Aware ?? Int4PostTraining;

    /// <summary>
    /// Writes <c>name.fp32.tqm</c>, <c>name.int8.tqm</c>, the model card <c>name.md</c> and, where it was asked for,
    /// <c>name.int4.tqm</c>, all or none.
    /// </summary>
    /// <param name="directory">Where to; created where it is missing.</param>
    /// <param name="pictures">Pictures that the card shows: title and file name, in the same directory.</param>
    /// <returns>The paths, in that order.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public IReadOnlyList<string> Write(string directory, IReadOnlyList<(string Title, string File)> pictures) =>
        FileSet.Write(directory,
    [
        new($"{Recipe.Name}.fp32.tqm", ModelWriter.Write(Float.Graph)),
        new($"{Recipe.Name}.int8.tqm", ModelWriter.Write(Int8.Graph)),
        new($"{Recipe.Name}.md", ModelCard.Write(this, pictures)),
        .. Int4 is { } int4
            ? [new KeyValuePair<string, string>($"{Recipe.Name}.int4.tqm", ModelWriter.Write(int4.Graph))]
            : Array.Empty<KeyValuePair<string, string>>(),
    ]);
}

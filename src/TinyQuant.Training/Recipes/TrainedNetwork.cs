using TinyQuant.Model;

namespace TinyQuant.Training.Recipes;

/// <summary>A model that was measured.</summary>
/// <param name="Graph">The model, with its accuracy in it.</param>
/// <param name="Confusion">What it answered on the test images.</param>
public sealed record MeasuredModel(Graph Graph, ConfusionMatrix Confusion);

/// <summary>What a recipe made.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="TrainingImages">How many images there were to learn from, those held out included.</param>
/// <param name="Float">float32 throughout.</param>
/// <param name="PostTraining">int8 throughout, quantized after training.</param>
/// <param name="Aware">int8 throughout, after quantization-aware training; null where there was none.</param>
/// <param name="History">What each epoch of training gave.</param>
/// <param name="AwareHistory">What each epoch of quantization-aware training gave.</param>
public sealed record TrainedNetwork(
    NetworkRecipe Recipe, int TrainingImages, MeasuredModel Float, MeasuredModel PostTraining, MeasuredModel? Aware,
    IReadOnlyList<EpochResult> History, IReadOnlyList<EpochResult> AwareHistory)
{
    /// <summary>The int8 model to ship.</summary>
    public MeasuredModel Int8 => Aware ?? PostTraining;

    /// <summary>
    /// Writes <c>name.fp32.tqm</c>, <c>name.int8.tqm</c> and the model card <c>name.md</c>, all or none.
    /// </summary>
    /// <param name="directory">Where to; created where it is missing.</param>
    /// <param name="pictures">Pictures that the card shows: title and file name, in the same directory.</param>
    /// <returns>The paths, in that order.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public IReadOnlyList<string> Write(string directory, IReadOnlyList<(string Title, string File)> pictures) => FileSet.Write(directory,
    [
        new($"{Recipe.Name}.fp32.tqm", ModelWriter.Write(Float.Graph)),
        new($"{Recipe.Name}.int8.tqm", ModelWriter.Write(Int8.Graph)),
        new($"{Recipe.Name}.md", ModelCard.Write(this, pictures)),
    ]);
}

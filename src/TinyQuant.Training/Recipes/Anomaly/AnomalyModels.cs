using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Model;

namespace TinyQuant.Training.Recipes;

/// <summary>A model that scores windows by how badly it reconstructs them.</summary>
/// <param name="Graph">The model, with its AUC in it.</param>
/// <param name="Errors">The mean squared error of each test window.</param>
/// <param name="ValidationErrors">That of each window that thresholds are chosen by, all of the healthy
/// machine.</param>
public sealed record MeasuredDetector(Graph Graph, IReadOnlyList<float> Errors, IReadOnlyList<float> ValidationErrors)
{
    /// <summary>The area under the curve.</summary>
    public double Area => Graph.Metrics[0].Value;
}

/// <summary>What <see cref="AnomalyRecipe"/> made.</summary>
/// <param name="Data">The stream that it learned from and was measured on.</param>
/// <param name="Training">How it was trained.</param>
/// <param name="Float">float32 throughout.</param>
/// <param name="Static">int8 throughout.</param>
/// <param name="History">What each epoch of training gave.</param>
public sealed record AnomalyModels(VibrationData Data, TrainingOptions Training, MeasuredDetector Float,
    MeasuredDetector Static, IReadOnlyList<EpochResult> History)
{
    /// <summary>The AUC of a threshold on the root mean square of the window, for comparison.</summary>
    public double LoudnessArea => RankStatistics.AreaUnderCurve(Data.Loudness, Data.IsFaulty);

    /// <summary>
    /// Writes <c>name.fp32.tqm</c>, <c>name.int8.tqm</c> and the model card <c>name.md</c>, all or none.
    /// </summary>
    /// <param name="directory">Where to; created where it is missing.</param>
    /// <param name="pictures">Pictures that the card shows: title and file name, in the same directory.</param>
    /// <returns>The paths, in that order.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public IReadOnlyList<string> Write(string directory, IReadOnlyList<(string Title, string File)> pictures) =>
        FileSet.Write(directory,
    [
        new($"{AnomalyRecipe.Name}.fp32.tqm", ModelWriter.Write(Float.Graph)),
        new($"{AnomalyRecipe.Name}.int8.tqm", ModelWriter.Write(Static.Graph)),
        new($"{AnomalyRecipe.Name}.md", AnomalyCard.Write(this, pictures)),
    ]);
}

using TinyQuant.Model;

namespace TinyQuant.Training.Recipes;

/// <summary>What <see cref="AnomalyRecipe"/> made, each model with its AUC.</summary>
/// <param name="Float">float32 throughout.</param>
/// <param name="Static">int8 throughout.</param>
/// <param name="LoudnessArea">The AUC of a threshold on the root mean square of the window, for comparison.</param>
public sealed record AnomalyModels(Graph Float, Graph Static, double LoudnessArea)
{
    /// <summary>Writes <c>name.fp32.tqm</c> and <c>name.int8.tqm</c>, both or none.</summary>
    /// <param name="directory">Where to; created where it is missing.</param>
    /// <returns>The paths, in that order.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public IReadOnlyList<string> Write(string directory) => FileSet.Write(directory,
    [
        new($"{Float.Name}.fp32.tqm", ModelWriter.Write(Float)),
        new($"{Static.Name}.int8.tqm", ModelWriter.Write(Static)),
    ]);
}

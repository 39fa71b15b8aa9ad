using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Model;

namespace TinyQuant.Training.Recipes;

/// <summary>One trained model in its three forms, each with its measured accuracy.</summary>
/// <param name="Float">float32 throughout.</param>
/// <param name="Dynamic">int8 weights, float32 activations.</param>
/// <param name="Static">int8 throughout.</param>
public sealed record TrainedModels(Graph Float, Graph Dynamic, Graph Static)
{
    /// <summary>
    /// Writes <c>name.fp32.tqm</c>, <c>name.dynamic.tqm</c>, <c>name.int8.tqm</c> and <c>name.golden.cs</c>, all or
    /// none: they are written in full beside their targets, and only then moved into place.
    /// </summary>
    /// <param name="directory">Where to; created where it is missing.</param>
    /// <param name="answers">What the models answer to a few images.</param>
    /// <returns>The paths, in that order.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public IReadOnlyList<string> Write(string directory, GoldenAnswers answers) => FileSet.Write(directory,
    [
        new($"{Float.Name}.fp32.tqm", ModelWriter.Write(Float)),
        new($"{Dynamic.Name}.dynamic.tqm", ModelWriter.Write(Dynamic)),
        new($"{Static.Name}.int8.tqm", ModelWriter.Write(Static)),
        new($"{answers.Name}.golden.cs", GoldenSource.Write(answers)),
    ]);
}

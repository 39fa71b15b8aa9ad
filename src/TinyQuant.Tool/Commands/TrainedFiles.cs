using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Commands;

/// <summary>The files that <c>tinyquant train</c> writes.</summary>
internal static class TrainedFiles
{
    private static readonly string[] s_linear = ["fp32.tqm", "dynamic.tqm", "int8.tqm", "golden.cs"];
    private static readonly string[] s_network = ["fp32.tqm", "int8.tqm", "md", "training.png", "train.checkpoint"];

    /// <summary>Those of softmax regression.</summary>
    public static IEnumerable<string> OfLinear(string directory, string name) => In(directory, name, s_linear);

    /// <summary>Those of a network.</summary>
    /// <param name="directory">Where they are.</param>
    /// <param name="name">The model's.</param>
    /// <param name="hasInt4">Whether there is an int4 model too.</param>
    /// <param name="isAware">Whether training goes on with rounded weights, which has a checkpoint of its own.</param>
    public static IEnumerable<string> OfNetwork(string directory, string name, bool hasInt4, bool isAware) => In(
        directory,
        name,
        [
            .. s_network,
            name == AnomalyRecipe.Name ? "roc.png" : "confusion.png",
            .. hasInt4 ? ["int4.tqm"] : Array.Empty<string>(),
            .. isAware ? ["qat.checkpoint"] : Array.Empty<string>(),
        ]);

    private static IEnumerable<string> In(string directory, string name, IEnumerable<string> endings) =>
        endings.Select(ending => Path.Combine(directory, $"{name}.{ending}"));
}

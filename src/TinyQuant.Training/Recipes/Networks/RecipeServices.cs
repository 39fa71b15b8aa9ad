using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Training.Recipes;

/// <summary>What running a recipe needs from outside.</summary>
/// <param name="Answers">The class that a model's generated code gives each test image.</param>
/// <param name="Runner">Computes a float32 graph for calibration.</param>
public sealed record RecipeServices(Func<Graph, int[]> Answers, Func<Graph, IGraphRunner> Runner)
{
    /// <summary>Told after every batch, with the name of the stage.</summary>
    public Action<string, TrainingProgress>? Progress { get; init; }

    /// <summary>Told when a stage without batches begins.</summary>
    public Action<string>? Stage { get; init; }

    /// <summary>The checkpoint of a stage, <c>train</c> or <c>qat</c>; null for none.</summary>
    public Func<string, CheckpointFile>? Checkpoint { get; init; }
}

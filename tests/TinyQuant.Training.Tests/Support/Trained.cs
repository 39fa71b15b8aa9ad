using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Training.Tests.Support;

/// <summary>Runs recipes with the services of the tool.</summary>
internal static class Trained
{
    public static TrainedNetwork Run(
        NetworkRecipe recipe, DataSet data, Func<RecipeServices, RecipeServices>? change = null,
        CancellationToken cancellation = default)
    {
        List<GraphRunner> runners = [];
        var services = new RecipeServices(graph => ModelAnswers.Of(graph, data.Test), graph =>
        {
            runners.Add(new GraphRunner(graph));
            return runners[^1];
        });
        try
        {
            return new RecipeRunner(recipe, data, change is null ? services : change(services)).Run(cancellation);
        }
        finally
        {
            runners.ForEach(r => r.Dispose());
        }
    }
}

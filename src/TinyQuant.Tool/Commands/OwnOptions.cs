using System.CommandLine;
using Spectre.Console;
using TinyQuant.Tool.Output;
using TinyQuant.Training.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Commands;

/// <summary>The options for a user's own data and layers.</summary>
internal sealed class OwnOptions
{
    private const int Epochs = 20;
    private const int MaxHeldOut = 5000;
    private const int HeldOutPart = 10;

    public Option<string?> From { get; } = NewFrom("Your own images, for the recipe 'own'");

    public Option<string?> Layers { get; } = new("--layers")
    {
        HelpName = "TEXT",
        Description = "Your own layers, with semicolons between them, such as 'conv 16 3x3 bn relu; maxpool 2; dense 10'. There are "
            + NetworkText.Grammar + ".",
    };

    public Option<string?> Name { get; } = new("--name") { HelpName = "NAME", Description = "The model's name; without it the recipe's." };

    /// <summary>The option that names a user's own images.</summary>
    public static Option<string?> NewFrom(string purpose) => new("--from")
    {
        HelpName = "PATH",
        Description = purpose + ": a CSV file (class, then values from 0 to 255), a directory with train.csv and test.csv, "
            + "with IDX files named as MNIST's, or with a subdirectory of PNG or PGM pictures for each class.",
    };

    /// <summary>The data that --from names.</summary>
    public DataSet Load(ParseResult parsed) => Load(
        parsed.GetValue(From) ?? throw new ArgumentException("The recipe 'own' needs --from PATH: the images to train on."), parsed.GetValue(Name) ?? "own");

    /// <summary>A user's own images, saying what they are.</summary>
    public static DataSet Load(string path, string name)
    {
        DataSet data = OwnData.Load(path, name, PngPictures.Read);
        AnsiConsole.MarkupLineInterpolated(
            $"Data: {data.Train.Count:N0} training and {data.Test.Count:N0} test images of {data.Train.Rows}x{data.Train.Columns} in {data.ClassNames.Length} classes from {data.Source}");
        return data;
    }

    /// <summary>The recipe: a known one, perhaps with other layers, or one for the user's data.</summary>
    public NetworkRecipe Recipe(ParseResult parsed, NetworkRecipe? known, DataSet data)
    {
        string? layers = parsed.GetValue(Layers);
        if (known is not null)
        {
            return parsed.GetValue(From) is null
                ? known with { Name = parsed.GetValue(Name) ?? known.Name, Layers = layers ?? known.Layers }
                : throw new ArgumentException($"--from goes with the recipe 'own'; {known.Name} has its own data.");
        }
        NetworkRecipe recipe = NetworkRecipes.Recipe(
            data.Name, data.Name, layers ?? throw new ArgumentException("The recipe 'own' needs --layers TEXT: the network."), Epochs, augmentation: null);
        return recipe with
        {
            Training = recipe.Training with { ValidationExamples = Math.Min(MaxHeldOut, data.Train.Count / HeldOutPart) },
        };
    }
}

using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Tool.Output;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Commands;

/// <summary>The options for a user's own data and layers.</summary>
internal sealed class OwnOptions
{
    public Option<string?> From { get; } = NewFrom("Your own data, for the recipe 'own'");

    public CsvOptions Csv { get; } = new();

    public Option<string?> Layers { get; } = new("--layers")
    {
        HelpName = "TEXT",
        Description = "Your own layers, with semicolons between them, such as 'conv 16 3x3 bn relu; maxpool 2; dense "
            + "10'. There are "
            + NetworkText.Grammar + ".",
    };

    public Option<string?> Shape { get; } = new("--shape")
    {
        HelpName = "HxWxC",
        Description = "With 'own': how the values of an example lie, height, width and channels, where the first "
            + "layer is no dense one; 1x50x3 for 50 samples of 3 axes. Without it as a picture does, or 1xN.",
    };

    public Option<bool> Balance { get; } = new("--balance")
    {
        Description = "Let each class count as much as any other in training, whatever the number of its examples: "
            + "for data in which one is rare.",
    };

    public Option<string?> Name { get; } = new("--name")
    {
        HelpName = "NAME",
        Description = "The model's name; without it the recipe's."
    };

    /// <summary>The option that names a user's own images.</summary>
    public static Option<string?> NewFrom(string purpose) => new("--from")
    {
        HelpName = "PATH",
        Description = purpose
            + ": a CSV file (a class and pixels from 0 to 255, or real numbers), a directory with train.csv and "
            + "test.csv, "
            + "with IDX files named as MNIST's, or with a subdirectory of PNG, JPEG, BMP, WebP or PGM pictures for "
            + "each class.",
    };

    /// <summary>The data that --from names.</summary>
    public DataSet Load(ParseResult parsed) => Load(
        parsed.GetValue(From)
            ?? throw new ArgumentException("The recipe 'own' needs --from PATH: the data to train on."),
            parsed.GetValue(Name) ?? "own", Csv.Read(parsed));

    /// <summary>A user's own data, saying what it is.</summary>
    public static DataSet Load(string path, string name, OwnDataOptions options)
    {
        DataSet data = OwnData.Load(path, name, options);
        Screen.Line($"Data: {data.Train.Count:N0} training and {data.Test.Count:N0} test {data.Train.Noun} of {Size(data.Train)} in {data.ClassNames.Length} classes from {data.Source}");
        Tell(data.Notes);
        return data;
    }

    /// <summary>Shows what there is to say about data.</summary>
    public static void Tell(IEnumerable<string> notes)
    {
        foreach (string note in notes)
        {
            Screen.Line($"[yellow]{note}[/]");
        }
    }

    /// <summary>The recipe: a known one, perhaps with other layers, or one for the user's data.</summary>
    public NetworkRecipe Recipe(ParseResult parsed, NetworkRecipe? known, DataSet data, int? batch, int? epochs)
    {
        string? layers = parsed.GetValue(Layers);
        if (known is not null)
        {
            return known with { Name = parsed.GetValue(Name) ?? known.Name, Layers = layers ?? known.Layers };
        }

        NetworkRecipe recipe = NetworkRecipes.Recipe(
            data.Name, data.Name,
            layers ?? throw new ArgumentException("The recipe 'own' needs --layers TEXT: the network."), epochs: 1,
            augmentation: null);
        return recipe with
        {
            Shape = parsed.GetValue(Shape) is { } shape ? ShapeOf(shape, data) : null,
            DataPath = parsed.GetValue(From),
            Training = TrainingPlan.Fit(recipe.Training, data.Train.Count, batch, epochs),
        };
    }

    private static string Size(LabelledExamples examples) =>
        examples is LabelledImages ? Invariant($"{examples.Rows}x{examples.Columns}") : $"{examples.Length} values";

    private static FeatureShape ShapeOf(string text, DataSet data)
    {
        int[] sizes = [
            .. text.Split('x').Select(part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0)];
        if (sizes.Length is not (2 or 3) || sizes.Contains(0))
        {
            throw new ArgumentException(
                $"'{text}' is not possible for --shape, expected height, width and channels, such as 1x50x3.");
        }

        long length = sizes.Aggregate(1L, (product, size) => product * size);
        return length == data.Train.Length
            ? new FeatureShape(sizes[0], sizes[1], sizes.Length == 3 ? sizes[2] : 1)
            : throw new ArgumentException(
                Invariant($"--shape {text} has {length} values; the {data.Train.Noun} of {data.Source} have ")
                    + Invariant($"{data.Train.Length}."));
    }
}

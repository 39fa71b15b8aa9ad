using System.CommandLine;
using System.CommandLine.Parsing;
using TinyQuant.Data;
using TinyQuant.Tool.Output;
using TinyQuant.Training;
using TinyQuant.Training.Recipes;
using TinyQuant.Training.Schedules;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant train</c>: trains a recipe, quantizes it and writes the models.</summary>
internal static class TrainCommand
{
    private const string Own = "own";
    private const string DefaultRecipe = "mnist-linear";

    private static readonly Dictionary<string, string> s_linear = new(StringComparer.Ordinal)
    {
        [DataSetLoader.Auto] = DataSetLoader.Auto,
        [DefaultRecipe] = "mnist",
        ["fashion-linear"] = "fashion-mnist",
        ["strokes-linear"] = "strokes",
    };

    public static Command Create()
    {
        var recipe = new Argument<string>("recipe")
        {
            HelpName = "recipe",
            DefaultValueFactory = _ => DefaultRecipe,
            Description = "mnist-linear, mnist-mlp, mnist-cnn, mnist-dscnn (depthwise separable), the same with "
                + "fashion-, "
                + "strokes-linear (procedural data), sensor-autoencoder (faults in procedural vibration), own (with "
                + "--from and --layers), or auto: the first linear one whose data can be had.",
        };
        recipe.AcceptOnlyFromAmong([
            .. s_linear.Keys, Own, AnomalyRecipe.Name, .. NetworkRecipes.All.Select(r => r.Name)]);
        var data = new DataOptions();
        var output = new Option<DirectoryInfo>("--output", "-o")
        {
            HelpName = "DIR",
            DefaultValueFactory = _ => new DirectoryInfo("weights"),
            Description = "Where the models are written, and what belongs to them: golden answers or a model card.",
        };
        output.Validators.Add(Outputs.RequireDirectory);
        Option<int?> epochs = Positive("--epochs", "N",
            "How often every image is seen. Without it as the recipe says: 5 for linear, 20 or 30 for networks; for "
                + "your own data 20, or as many as make 2,000 steps, fewer where that does no better any more.");
        Option<int?> batch = Positive("--batch", "N",
            "Images a step. Without it 64 for linear, 128 for networks; for your own data 16 to 128, by the number "
                + "of examples.");
        var seed = new Option<ulong>("--seed")
        {
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            Description = "Decides the order of the images and all that is random; the same seed gives the same "
                + "weights."
        };
        Numbers.Require<ulong>(seed, _ => true, $"an integer from 0 to {ulong.MaxValue}");
        Option<float?> rate = LearningRate();
        var aware = new Option<bool>("--qat")
        {
            Description = "Train a network on with weights and activations "
            + "rounded as they will be (quantization-aware)."
        };
        var format = new WeightOptions(" With 4 a network is written as NAME.int4.tqm, beside the int8 model.");
        var resume = new Option<bool>("--resume")
        {
            Description = "Go on with a network's training where it was "
            + "interrupted; the result is that of a run that was not."
        };
        var own = new OwnOptions();
        var command = new Command("train", "Train a model, quantize it, and write it with its measured accuracy.")
        {
            recipe, output, epochs, batch, seed, rate, aware, format.Bits, format.Group, resume, own.From,
            own.Csv.ClassColumn,
            own.Csv.Heading, own.Layers, own.Shape, own.Name, own.Balance, data.Directory, data.Offline,
        };
        Overwriting.Refuse(
            command,
            result => [.. Overwriting.Paths(result, own.From), .. data.Reads(result)],
            result => Overwriting.Written(result, output).SelectMany(o =>
                Files(o.File, Overwriting.Paths(result, recipe).First(), result).Select(file => (o.Option, file))),
            namesAreFixed: true);
        command.Validators.Add(result =>
        {
            // Not its value: to ask for that here would pass over the check of the argument itself.
            string name = result.GetResult(recipe)?.Tokens is [{ Value: var given }] ? given : DefaultRecipe;
            bool isNetwork = name == Own || NetworkRecipes.Find(name) is not null;
            Conflicts.Refuse(result, $"the recipe '{name}'",
                isNetwork ? [] : [aware, format.Bits, format.Group, own.Layers, own.Name, own.Balance]);
            Conflicts.Refuse(
                result, $"the recipe '{name}', which takes seconds", s_linear.ContainsKey(name) ? [resume] : []);
            Conflicts.Refuse(result, $"the recipe '{name}', which has its own data",
                name == Own ? [] : [own.From, .. own.Csv.All, own.Shape]);
            Conflicts.Refuse(result, $"the recipe '{name}', whose data is not looked for",
                name is Own or AnomalyRecipe.Name ? [data.Directory] : []);
        });
        IEnumerable<string> Files(string directory, string name, CommandResult result) => s_linear.ContainsKey(name)
            ? TrainedFiles.OfLinear(directory, name == DataSetLoader.Auto ? DefaultRecipe : name)
            : TrainedFiles.OfNetwork(
                directory,
                Overwriting.Paths(result, own.Name).FirstOrDefault() ?? name,
                hasInt4: result.GetResult(format.Bits)?.Tokens is [{ Value: "4" }],
                isAware: Conflicts.IsGiven(result, aware));
        command.SetAction(async (parsed, cancellation) =>
        {
            string name = parsed.GetValue(recipe)!;
            string directory = parsed.GetValue(output)!.FullName;
            if (name == AnomalyRecipe.Name)
            {
                TrainingOptions sensor = Change(
                    AnomalyRecipe.Training, parsed.GetValue(epochs), parsed.GetValue(batch), parsed.GetValue(rate));
                await AnomalyTraining.RunAsync(
                    sensor with { Seed = parsed.GetValue(seed) }, directory, parsed.GetValue(resume), cancellation);
                return ExitCodes.Done;
            }

            if (name == Own || NetworkRecipes.Find(name) is not null)
            {
                ulong chosen = parsed.GetValue(seed);
                DataSet images = name == Own
                    ? own.Load(parsed)
                    : await data.LoadAsync(parsed, NetworkRecipes.Find(name)!.DataSet, cancellation);
                NetworkRecipe network = own.Recipe(parsed, NetworkRecipes.Find(name), images, parsed.GetValue(batch),
                    parsed.GetValue(epochs)).WithSeed(
                    chosen);
                network = network with
                {
                    Training = Change(network.Training, parsed.GetValue(epochs), parsed.GetValue(batch),
                        parsed.GetValue(rate)) with
                    { BalancesClasses = parsed.GetValue(own.Balance) },
                };
                network = network with { Weights = format.Read(parsed, perTensor: false) };
                await NetworkTraining.RunAsync(
                    images,
                    parsed.GetValue(aware)
                        ? network.WithQuantizationAware(AwareEpochs(name, network, parsed.GetValue(epochs)))
                        : network, directory, parsed.GetValue(resume), cancellation);
                return ExitCodes.Done;
            }

            DataSet set = await data.LoadAsync(parsed, s_linear[name], cancellation);
            var options = new LinearOptions { Seed = parsed.GetValue(seed) };
            options = options with
            {
                Epochs = parsed.GetValue(epochs) ?? options.Epochs,
                BatchSize = parsed.GetValue(batch) ?? options.BatchSize,
                LearningRate = parsed.GetValue(rate) ?? options.LearningRate,
            };
            await LinearTraining.RunAsync(set, options, directory, cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    private static TrainingOptions Change(TrainingOptions options, int? epochs, int? batch, float? rate) => options with
    {
        Epochs = epochs ?? options.Epochs,
        BatchSize = batch ?? options.BatchSize,
        Schedule = rate is { } given ? new WarmUpSchedule(new CosineSchedule(given), 0.1) : options.Schedule,
    };

    /// <summary>As the recipes; on few examples, which are seen more often in training, more often here too.</summary>
    private static int AwareEpochs(string name, NetworkRecipe network, int? epochs) =>
        name == Own && epochs is null ? Math.Max(4, network.Training.Epochs / 5) : 4;

    private static Option<float?> LearningRate()
    {
        var rate = new Option<float?>("--learning-rate")
        {
            HelpName = "R",
            Description = "The highest rate; it falls to 0 along a cosine. Without it 0.005 for linear, 0.004 for "
                + "networks.",
        };
        Numbers.Require<float>(rate, r => r is > 0 and < 10, "a number above 0 and below 10");
        return rate;
    }

    private static Option<int?> Positive(string name, string helpName, string description)
    {
        var option = new Option<int?>(name) { HelpName = helpName, Description = description };
        Numbers.Require<int>(option, n => n >= 1, "an integer of at least 1");
        return option;
    }
}

using TinyQuant.Training.Layers;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Recipes;

/// <summary>A network and how it is trained.</summary>
public sealed record NetworkRecipe
{
    /// <summary>The name of the recipe and of the model, such as <c>mnist-cnn</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The data set it is made for.</summary>
    public required string DataSet { get; init; }

    /// <summary>The layers, as <see cref="NetworkText"/> reads them.</summary>
    public required string Layers { get; init; }

    /// <summary>
    /// The shape of an example where the first layer is no dense one; null for the data's rows and columns.
    /// </summary>
    public FeatureShape? Shape { get; init; }

    /// <summary>How it is trained.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>How it is trained on with rounded weights and activations; null where that is not asked for.</summary>
    public TrainingOptions? QuantizationAware { get; init; }

    /// <summary>
    /// How weights are rounded: <see cref="WeightFormat.Int8"/>, or an int4 model beside the int8 one.
    /// </summary>
    public WeightFormat Weights { get; init; } = WeightFormat.Int8;

    /// <summary>Where a user's own data lies, for the commands that warnings name; null for a known data set.</summary>
    public string? DataPath { get; init; }

    /// <summary>How many training images calibration looks at, at most all.</summary>
    public int CalibrationImages { get; init; } = 1000;

    /// <summary>The same with another seed.</summary>
    public NetworkRecipe WithSeed(ulong seed) => this with
    {
        Training = Training with { Seed = seed },
        QuantizationAware = QuantizationAware is { } aware ? aware with { Seed = seed } : null,
    };

    /// <summary>
    /// The same with quantization-aware training behind it: a few epochs at less than a tenth of the rate or, for int4,
    /// which has more to learn, at a fourth of it.
    /// </summary>
    public NetworkRecipe WithQuantizationAware(int epochs = 4) => this with
    {
        QuantizationAware = Training with
        {
            Epochs = epochs,
            Schedule = NetworkRecipes.Rate(
                Weights.Bits() == 4 ? NetworkRecipes.Int4AwareRate : NetworkRecipes.QuantizationAwareRate, warmUp: 0),
        },
    };
}

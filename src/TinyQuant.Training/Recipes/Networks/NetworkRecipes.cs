using System.Collections.Immutable;
using TinyQuant.Data;
using TinyQuant.Training.Optimizers;
using TinyQuant.Training.Schedules;

namespace TinyQuant.Training.Recipes;

/// <summary>The networks that TinyQuant comes with. All choices were made on held-out training images.</summary>
public static class NetworkRecipes
{
    /// <summary>The first rate of quantization-aware training.</summary>
    internal const float QuantizationAwareRate = 3e-4f;

    /// <summary>The same for weights of 4 bits.</summary>
    internal const float Int4AwareRate = 1e-3f;

    private const string Mlp = "dense 128 bn relu; dropout 0.1; dense 64 bn relu; dropout 0.1; dense 10";

    private const string Cnn =
        "conv 16 3x3 bn relu; maxpool 2; conv 32 3x3 bn relu; maxpool 2; conv 64 3x3 bn relu; maxpool 2; dropout "
            + "0.3; dense 10";

    private const string SeparableCnn =
        "conv 16 3x3 stride 2 bn relu; dwconv 3x3 bn relu; conv 32 1x1 bn relu; dwconv 3x3 stride 2 bn relu; "
        + "conv 48 1x1 bn relu; dwconv 3x3 bn relu; conv 64 1x1 bn relu; globalpool; dense 10";

    private const string FashionCnn =
        "conv 24 3x3 bn relu; maxpool 2; conv 48 3x3 bn relu; maxpool 2; conv 64 3x3 bn relu; maxpool 2; dropout "
            + "0.3; dense 10";

    private static readonly Augmentation s_digits = new() { Shift = 2, Rotation = 10, Scale = 0.1f };

    private static readonly Augmentation s_clothes = new() { Shift = 1, Mirror = true };

    /// <summary>All of them.</summary>
    public static ImmutableArray<NetworkRecipe> All { get; } =
    [
        Recipe("mnist-mlp", "mnist", Mlp, epochs: 30, s_digits),
        Recipe("mnist-cnn", "mnist", Cnn, epochs: 20, s_digits),
        Recipe("mnist-dscnn", "mnist", SeparableCnn, epochs: 20, s_digits),
        Recipe("fashion-mlp", "fashion-mnist", Mlp, epochs: 30, s_clothes),
        Recipe("fashion-cnn", "fashion-mnist", FashionCnn, epochs: 20, s_clothes),
        Recipe("fashion-dscnn", "fashion-mnist", SeparableCnn, epochs: 20, s_clothes),
    ];

    /// <summary>The recipe of that name; null where there is none.</summary>
    public static NetworkRecipe? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    /// <summary>A recipe for a user's own layers and data.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="dataSet">The data set's name.</param>
    /// <param name="layers">As <see cref="Layers.NetworkText"/> reads them.</param>
    /// <param name="epochs">How often every image is seen.</param>
    /// <param name="augmentation">How images are changed; null for not at all.</param>
    public static NetworkRecipe Recipe(
        string name, string dataSet, string layers, int epochs, Augmentation? augmentation) => new()
        {
            Name = name,
            DataSet = dataSet,
            Layers = layers,
            Training = new TrainingOptions
            {
                Epochs = epochs,
                BatchSize = 128,
                Schedule = Rate(4e-3f, warmUp: 0.1),
                Optimizer = new OptimizerOptions(OptimizerKind.AdamW, WeightDecay: 0.02f),
                LabelSmoothing = 0.03f,
                Augmentation = augmentation,
                ValidationExamples = 5000,
            },
        };

    /// <summary>Up in a straight line, then down along a cosine.</summary>
    internal static LearningRateSchedule Rate(float first, double warmUp) =>
        warmUp > 0 ? new WarmUpSchedule(new CosineSchedule(first), warmUp) : new CosineSchedule(first);
}

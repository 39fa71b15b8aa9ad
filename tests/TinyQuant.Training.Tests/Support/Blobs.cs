using TinyQuant.Data;

namespace TinyQuant.Training.Tests.Support;

/// <summary>
/// Small tables of real numbers: for each class independent normal distributions. Two have the means and deviations of
/// well-known tables, features of different size and all.
/// </summary>
internal static class Blobs
{
    /// <summary>The classes of Fisher's irises, 1936: length and width of sepals and petals in cm.</summary>
    public static DataSet IrisLike(ulong seed = 1) => DataSet("iris-like", seed,
        (50, [5.006, 3.428, 1.462, 0.246], [0.352, 0.379, 0.174, 0.105]),
        (50, [5.936, 2.770, 4.260, 1.326], [0.516, 0.314, 0.470, 0.198]),
        (50, [6.588, 2.974, 5.552, 2.026], [0.636, 0.322, 0.552, 0.275]));

    /// <summary>Three wines by chemistry, values from tenths to more than a thousand.</summary>
    public static DataSet WineLike(ulong seed = 1) => DataSet("wine-like", seed,
        (59, [13.74, 2.01, 2.46, 17.0, 106.3, 2.84, 2.98, 0.29, 1.90, 5.53, 1.06, 3.16, 1115.7],
            [0.46, 0.69, 0.23, 2.55, 10.5, 0.34, 0.40, 0.07, 0.41, 1.24, 0.12, 0.36, 221.5]),
        (71, [12.28, 1.93, 2.24, 20.2, 94.5, 2.26, 2.08, 0.36, 1.63, 3.09, 1.06, 2.79, 519.5],
            [0.54, 1.02, 0.32, 3.35, 16.8, 0.55, 0.71, 0.12, 0.60, 0.92, 0.20, 0.50, 157.2]),
        (48, [13.15, 3.33, 2.44, 21.4, 99.3, 1.68, 0.78, 0.45, 1.15, 7.40, 0.68, 1.68, 629.9],
            [0.53, 1.09, 0.18, 2.26, 10.9, 0.36, 0.29, 0.12, 0.41, 2.31, 0.11, 0.27, 115.1]));

    /// <summary>Two frequent classes and a rare one between them.</summary>
    public static DataSet WithRareClass(ulong seed = 1) => DataSet("rare", seed,
        (300, [-1.2, 0, 0], [0.8, 1, 1]), (300, [1.2, 0, 0], [0.8, 1, 1]), (15, [0, 1.2, 0], [0.4, 0.4, 1]));

    /// <summary>Of each class four fifths to learn from.</summary>
    private static DataSet DataSet(
        string name, ulong seed, params (int Count, double[] Means, double[] Deviations)[] classes)
    {
        var random = new Pcg32(seed);
        List<(float[] Values, byte Label)> train = [], test = [];
        for (int c = 0; c < classes.Length; c++)
        {
            (int count, double[] means, double[] deviations) = classes[c];
            for (int i = 0; i < count; i++)
            {
                float[] values = [.. means.Zip(deviations, (m, d) => (float)(m + (d * random.NextNormal())))];
                (i % 5 == 4 ? test : train).Add((values, (byte)c));
            }
        }

        return new DataSet(name, Half($"{name}/train", train), Half($"{name}/test", test),
            [.. Enumerable.Range(0, classes.Length).Select(c => $"class{c}")], "made by a test");
    }

    private static LabelledVectors Half(string name, List<(float[] Values, byte Label)> examples) =>
        new(name, examples[0].Values.Length, examples.SelectMany(e => e.Values).ToArray(),
            examples.Select(e => e.Label).ToArray());
}

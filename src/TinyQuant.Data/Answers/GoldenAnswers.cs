using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>A few test images, with what each form of a model answers, for a program to test itself with.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Items">The images and answers.</param>
public sealed record GoldenAnswers(string Name, ImmutableArray<GoldenAnswer> Items)
{
    /// <summary>Takes the first test image of each class, in the order of the classes.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="test">The test images.</param>
    /// <param name="models">Computes the answers.</param>
    /// <exception cref="ArgumentException">There are no images, or scores differ in number.</exception>
    public static GoldenAnswers Create(string name, LabelledImages test, GoldenModels models)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(models);
        var firsts = new SortedDictionary<byte, int>();
        for (int i = 0; i < test.Count; i++)
        {
            firsts.TryAdd(test.Labels.Span[i], i);
        }

        ImmutableArray<GoldenAnswer> items = [.. firsts.Values.Select(i => Answer(test, i, models))];
        return items.Select(a => a.Int8Scores.Length).Distinct().Count() == 1
            ? new GoldenAnswers(name, items)
            : throw new ArgumentException("Golden answers need an image, and as many scores for each.", nameof(test));
    }

    private static GoldenAnswer Answer(LabelledImages test, int index, GoldenModels models)
    {
        byte[] image = test.Image(index).ToArray();
        return new GoldenAnswer(
            index, [.. image], test.Labels.Span[index], models.Float(image), models.Dynamic(image),
            models.Static(image), [.. models.Int8Scores(image)]);
    }
}

/// <summary>One image and its answers.</summary>
/// <param name="Index">Its place among the test images.</param>
/// <param name="Image">Its pixels, row-major.</param>
/// <param name="Label">Its true class.</param>
/// <param name="Float">The class that the float32 model gives it.</param>
/// <param name="Dynamic">The class that the dynamic-range model gives it.</param>
/// <param name="Static">The class that the int8 model gives it.</param>
/// <param name="Int8Scores">The output codes of the int8 model.</param>
public sealed record GoldenAnswer(
    int Index, ImmutableArray<byte> Image, byte Label, int Float, int Dynamic, int Static,
    ImmutableArray<sbyte> Int8Scores);

using System.Globalization;
using TinyQuant.Tests;

namespace TinyQuant.Generator.Tests;

/// <summary>
/// The generator runs in the user's compiler, with the user's culture: what it writes is the same in each.
/// </summary>
public sealed class CultureTests
{
    private static readonly string[] s_samples = [
        Samples.Int8, Samples.Float32, Samples.Dynamic, Samples.Branches, Samples.Int4];

    public static TheoryData<string> Weights =>
        [.. Directory.EnumerateFiles(Repository.File("weights"), "*.tqm").Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)];

    [Fact]
    public void The_made_up_culture_is_one_in_which_text_goes_wrong() =>
        Assert.All(Cultures.Some.TakeLast(1), culture => Assert.Equal("\u22121,5", (-1.5).ToString(culture)));

    [Fact]
    public void The_text_of_every_form_is_the_same_in_all_cultures()
    {
        string[] expected = [.. s_samples.Select(Text)];

        foreach (CultureInfo culture in Cultures.All)
        {
            string[] got = Cultures.In(culture, () => s_samples.Select(Text).ToArray());
            AssertSame(expected, got, culture.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Weights))]
    public void The_text_of_trained_models_is_the_same_in_some(string file)
    {
        string model = File.ReadAllText(Repository.File("weights", file));
        string expected = Text(model);

        foreach (CultureInfo culture in Cultures.Some)
        {
            AssertSame([expected], [Cultures.In(culture, () => Text(model))], culture.Name);
        }
    }

    [Fact]
    public void Diagnostics_are_the_same_in_some()
    {
        string[] wrong =
        [
            Samples.Int8.Replace("zero -128", "zero -129", StringComparison.Ordinal),
            Samples.Int8.Replace("[1,4]", "[1,-4]", StringComparison.Ordinal),
            Samples.Int8.Replace("scale 0.2", "scale 0,2", StringComparison.Ordinal),
            Samples.Int8.Replace("FullyConnected", "fullyconnected", StringComparison.Ordinal),
            Samples.Float32.Replace("activation=relu6", "activation=İ", StringComparison.Ordinal),
        ];
        string[] Of() => [.. wrong.SelectMany(model => GeneratorRun.Of(
            Samples.Program("\"tiny.tqm\", MaxWeightBytes = -5, MinAccuracy = 1.5"), ("tiny.tqm", model)).Diagnostics)];
        string[] expected = Of();

        Assert.All(wrong, model => Assert.NotEmpty(expected));
        Assert.All(Cultures.Some, culture => Assert.Equal(expected, Cultures.In(culture, Of)));
    }

    /// <summary>Files, diagnostics and costs: all that the generator says.</summary>
    private static string Text(string model)
    {
        GeneratorRun run = GeneratorRun.Of(
            Samples.Program("\"tiny.tqm\", MaxWeightBytes = 1, MinAccuracy = 0.99"), ("tiny.tqm", model));
        return string.Join(
            "\n", run.Diagnostics.Concat(run.Result.GeneratedSources.Select(s => $"// {s.HintName}\n{s.SourceText}")));
    }

    private static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> got, string culture)
    {
        if (expected.SequenceEqual(got, StringComparer.Ordinal))
        {
            return; // a message for each line takes longer than all else
        }

        IEnumerable<string> Lines(IEnumerable<string> texts) =>
            texts.SelectMany(text => text.Split('\n')).Append("(the end)");
        Assert.All(Lines(expected).Zip(Lines(got)),
            pair =>
                Assert.True(pair.First == pair.Second, $"'{culture}': expected\n{pair.First}\nand got\n{pair.Second}"));
        Assert.Equal(expected, got);
    }
}

using System.Text.Json;
using TinyQuant.Model;
using TinyQuant.Native.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Native.Tests;

/// <summary><c>nano --eval DIR</c>.</summary>
public sealed class EvaluationTests : IDisposable
{
    private static readonly string[] s_names = ["fp32", "dynamic", "int8"];

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [NativeFact]
    public async Task Gives_JSON_and_allocates_nothing()
    {
        TestSets.WriteStrokes(_temp.Path);

        JsonElement[] models = await EvaluateAsync();

        string[] fields = ["name", "accuracy", "weightBytes", "nanosecondsPerInference", "allocatedBytes", "dotUnit"];
        Assert.All(models, m => Assert.Equal(fields, m.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(s_names, models.Select(m => m.GetProperty("name").GetString()));
        Assert.Equal([31_400, 7_880, 7_880], models.Select(m => m.GetProperty("weightBytes").GetInt32()));
        Assert.All(models, m =>
        {
            Assert.Equal(0, m.GetProperty("allocatedBytes").GetInt64());
            Assert.InRange(m.GetProperty("accuracy").GetDouble(), 0.1, 1); // strokes, by models of MNIST
            Assert.True(m.GetProperty("nanosecondsPerInference").GetDouble() > 0);
            Assert.NotEmpty(m.GetProperty("dotUnit").GetString()!);
        });
    }

    [NativeFact]
    public async Task Gives_a_table_and_scores()
    {
        TestSets.WriteStrokes(_temp.Path, 30);

        ProcessRun run = await Nano.RunAsync("--eval", _temp.Path);

        Nano.AssertDone(run);
        Nano.AssertDone(await Nano.RunAsync("--scores", _temp.Path, _temp["scores"]));
        Assert.All(s_names, name => Assert.Contains($"\n{name} ", run.Output, StringComparison.Ordinal));
        Assert.Equal(30 * 13, new FileInfo(_temp["scores"]).Length);
    }

    [NativeMnistFact]
    public async Task Has_the_recorded_accuracy_on_MNIST()
    {
        await TestSets.WriteMnistAsync(_temp.Path);

        JsonElement[] models = await EvaluateAsync();

        Assert.Equal(s_names.Select(Recorded), models.Select(m => m.GetProperty("accuracy").GetDouble()));
    }

    public static TheoryData<string, string> WrongSets => new()
    {
        { "none", "there is no file" },
        { "packed", "gunzip" },
        { "packed under the plain name", "gzip" },
        { "wrong magic", "0x00000803" },
        { "truncated", "bytes follow" },
        { "trailing", "bytes follow" },
        { "head alone", "bytes follow" },
        { "half a head", "magic" },
        { "no labels", TestSets.Labels },
        { "fewer labels", "labels" },
        { "other size", "28 x 28" },
        { "no images", "0 items" },
    };

    [NativeTheory]
    [MemberData(nameof(WrongSets))]
    public async Task A_wrong_test_set_is_refused(string kind, string part)
    {
        TestSets.WriteStrokes(_temp.Path, 20);
        Spoil(kind, _temp[TestSets.Images], _temp[TestSets.Labels]);

        Nano.AssertRefused(await Nano.RunAsync("--eval", _temp.Path, "--json"), _temp.Path, part);
    }

    [NativeFact]
    public async Task A_wrong_option_or_place_is_refused()
    {
        TestSets.WriteStrokes(_temp.Path, 20);
        Nano.AssertRefused(await Nano.RunAsync("--eval", _temp.Path, "--nonsense"), "'--nonsense'");
        Nano.AssertRefused(await Nano.RunAsync("--eval", _temp.Path, "--scores"), "'--scores'");
        Nano.AssertRefused(await Nano.RunAsync("--eval", _temp["nowhere"]), "nowhere");
        Nano.AssertRefused(await Nano.RunAsync("--scores", _temp.Path, _temp["no/file"]), "no/file");
    }

    private static void Spoil(string kind, string images, string labels)
    {
        byte[] bytes = File.ReadAllBytes(images);
        byte[] answers = File.ReadAllBytes(labels);
        switch (kind)
        {
            case "none":
                File.Delete(images);
                break;
            case "packed":
                File.Move(images, images + ".gz");
                break;
            case "packed under the plain name":
                File.WriteAllBytes(images, [0x1f, 0x8b, .. bytes]);
                break;
            case "wrong magic":
                File.WriteAllBytes(images, answers);
                break;
            case "no labels":
                File.Delete(labels);
                break;
            case "fewer labels":
                File.WriteAllBytes(labels, [.. answers[..7], 19, .. answers[8..^1]]);
                break;
            default:
                File.WriteAllBytes(images, kind switch
                {
                    "truncated" => bytes[..^1],
                    "trailing" => [.. bytes, 0],
                    "head alone" => bytes[..16],
                    "half a head" => bytes[..9],
                    "other size" => [.. bytes[..11], 27, .. bytes[12..]],
                    _ => [.. bytes[..7], 0, .. bytes[8..16]],
                });
                break;
        }
    }

    private async Task<JsonElement[]> EvaluateAsync()
    {
        ProcessRun run = await Nano.RunAsync("--eval", _temp.Path, "--json");
        Nano.AssertDone(run);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(["models"], root.EnumerateObject().Select(p => p.Name));
        return [.. root.GetProperty("models").EnumerateArray()];
    }

    private static double Recorded(string kind)
    {
        string text = File.ReadAllText(Repository.File("weights", $"mnist-linear.{kind}.tqm"));
        return ModelReader.Read(text).Graph!.FindMetric("accuracy")!.Value;
    }
}

using TinyQuant.Tests;

namespace TinyQuant.Export.Tests;

/// <summary><c>scripts/fetch-models.sh</c>, from a mirror in the file system: the tests have no network.</summary>
public sealed class FetchModelsTests : IDisposable
{
    private readonly DirectoryInfo _target = Directory.CreateTempSubdirectory("models");

    public void Dispose() => _target.Delete(recursive: true);

    [GoldenFact]
    public async Task Every_model_of_the_mirror_has_the_sum_that_the_script_knows()
    {
        ProcessRun run = await FetchAsync(new Uri(GoldenFactAttribute.Root).AbsoluteUri);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(9, Files().Length);
        Assert.All(Files(), f => Assert.EndsWith("/model.tflite", f, StringComparison.Ordinal));
        Assert.Contains(
            "kws_ref_model: there already", (await FetchAsync("file:///nowhere")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_the_model_is_not_kept()
    {
        DirectoryInfo mirror = _target.CreateSubdirectory("mirror");
        File.WriteAllText(
            Path.Combine(mirror.CreateSubdirectory("models/ad01_int8").FullName, "model.tflite"), "not it");

        ProcessRun run = await FetchAsync(new Uri(mirror.FullName).AbsoluteUri);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ad01_int8: what came is not the model", run.Error, StringComparison.Ordinal);
        Assert.Contains("kws_ref_model: cannot be fetched", run.Error, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    private Task<ProcessRun> FetchAsync(string mirror) =>
        ProcessRun.RunAsync("bash",
            [Repository.File("scripts", "fetch-models.sh"), "--from", mirror, Path.Combine(_target.FullName, "to")]);

    private string[] Files() =>
        Directory.GetFiles(Path.Combine(_target.FullName, "to"), "*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
}

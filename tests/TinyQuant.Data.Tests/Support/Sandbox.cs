namespace TinyQuant.Data.Tests;

/// <summary>Options that touch only a temporary directory, with tiny data sets for the real ones.</summary>
internal sealed class Sandbox : IDisposable
{
    public Sandbox() => Options = new()
    {
        Directory = null,
        EnvironmentDirectory = null,
        CacheDirectory = Temp["cache"],
        SystemDirectory = Temp["system"],
        HttpHandler = Http,
        ProcessRunner = Apt,
        StallTimeout = TimeSpan.FromMinutes(5),
        Strokes = new(20, 10),
        KnownSets = [Mnist.Known, Fashion.Known],
    };

    public TempDirectory Temp { get; } = new();

    public TinySet Mnist { get; } = new("mnist", 0);

    public TinySet Fashion { get; } = new("fashion-mnist", 100, "dataset-fashion-mnist");

    public FakeMirrors Http { get; } = new();

    public FakeApt Apt { get; } = new();

    public DataSetOptions Options { get; set; }

    public Task<DataSetLoadResult> LoadAsync(string name) => DataSetLoader.LoadAsync(name, Options);

    public void Dispose()
    {
        Http.Dispose();
        Temp.Dispose();
    }
}

using TinyQuant.Tests;

namespace TinyQuant.Tool.Tests.Support;

/// <summary>Models that the command trained, once for all tests of the collection.</summary>
public sealed class Trained : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _temp = new();

    public string Directory => _temp["models"];

    internal ProcessRun Run { get; private set; } = null!;

    internal static Task<ProcessRun> TrainAsync(string output) =>
        Cli.RunAsync("train", "strokes-linear", "--epochs", "1", "--seed", "7", "--output", output);

    public async Task InitializeAsync() => Run = await TrainAsync(Directory);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _temp.Dispose();
}

[CollectionDefinition(Name)]
public sealed class TrainedCollection : ICollectionFixture<Trained>
{
    public const string Name = "trained";
}

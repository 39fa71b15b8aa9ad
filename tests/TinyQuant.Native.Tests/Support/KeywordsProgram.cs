using TinyQuant.Tests;

namespace TinyQuant.Native.Tests.Support;

/// <summary>The published <c>keywords</c> of this machine.</summary>
internal static class KeywordsProgram
{
    public const int SampleRate = 16_000;

    public static string Path { get; } = Repository.File("artifacts", "publish", Binaries.HostRid, "keywords");

    public static Task<ProcessRun> RunAsync(params string[] arguments) => ProcessRun.RunAsync(Path, arguments);

    /// <summary>Runs it with samples on standard input.</summary>
    public static Task<ProcessRun> ListenAsync(short[] samples, params string[] arguments) =>
        ProcessRun.RunAsync(Path, arguments, Wave.Bytes(samples));

    /// <summary>Exit code 2 and one sentence that has all of these.</summary>
    public static void AssertRefused(ProcessRun run, params string[] parts)
    {
        Assert.True(run.ExitCode == 2, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Empty(run.Output);
        Assert.StartsWith("keywords: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.All(parts, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }
}

/// <summary>A test on the published program, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeywordsFactAttribute : FactAttribute
{
    public KeywordsFactAttribute() => Skip = Binaries.MissingReason(KeywordsProgram.Path);
}

/// <summary>A test of many cases on the published program, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeywordsTheoryAttribute : TheoryAttribute
{
    public KeywordsTheoryAttribute() => Skip = Binaries.MissingReason(KeywordsProgram.Path);
}

/// <summary>A test on the published program and recorded words, skipped where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeywordsAudioFactAttribute : FactAttribute
{
    public KeywordsAudioFactAttribute() =>
        Skip = Binaries.MissingReason(KeywordsProgram.Path) ?? AudioFiles.MissingReason();
}

/// <summary>
/// A test of many cases on the published program and recorded words, skipped where either is missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeywordsAudioTheoryAttribute : TheoryAttribute
{
    public KeywordsAudioTheoryAttribute() => Skip = new KeywordsAudioFactAttribute().Skip;
}

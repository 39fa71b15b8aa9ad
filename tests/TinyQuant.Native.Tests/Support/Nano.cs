using TinyQuant.Tests;

namespace TinyQuant.Native.Tests.Support;

/// <summary>The published program of this machine.</summary>
internal static class Nano
{
    public static Task<ProcessRun> RunAsync(params string[] arguments) =>
        ProcessRun.RunAsync(Binaries.HostNano, arguments);

    public static Task<ProcessRun> RunWithInputAsync(byte[] input, params string[] arguments) =>
        ProcessRun.RunAsync(Binaries.HostNano, arguments, input);

    public static void AssertDone(ProcessRun run)
    {
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Empty(run.Error);
    }

    /// <summary>Exit code 2 and one sentence that has all of these.</summary>
    public static void AssertRefused(ProcessRun run, params string[] parts)
    {
        Assert.True(run.ExitCode == 2, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Empty(run.Output);
        Assert.StartsWith("nano: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.All(parts, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }
}

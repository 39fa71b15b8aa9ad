using System.Diagnostics;
using TinyQuant.Tests;

namespace TinyQuant.Tool.Tests.Support;

/// <summary>The built command, run as a process that sees no data of the user's and no network.</summary>
internal static class Cli
{
    private static readonly string s_assembly = Path.Combine(AppContext.BaseDirectory, "tinyquant.dll");

    public static Task<ProcessRun> RunAsync(params string[] arguments) => RunAsync(null, null, arguments);

    /// <summary>Runs it with a data directory in its environment.</summary>
    public static Task<ProcessRun> RunWithDataAsync(string directory, params string[] arguments) =>
        RunAsync(directory, null, arguments);

    /// <summary>Runs it where the language and its way to write numbers are others.</summary>
    public static Task<ProcessRun> RunInAsync(string locale, params string[] arguments) =>
        RunAsync(null, null, arguments, locale);

    /// <summary>Runs it and is told each line of its output.</summary>
    public static Task<ProcessRun> RunAsync(Action<Process, string> onOutput, params string[] arguments) =>
        RunAsync(null, onOutput, arguments);

    /// <summary>Runs it where no file may have more than some blocks of 1,024 bytes.</summary>
    public static Task<ProcessRun> RunLimitedAsync(int blocks, params string[] arguments) => ProcessRun.RunAsync(
        "bash", ["-c", $"ulimit -f {blocks}; exec dotnet \"$@\"", "bash", s_assembly, .. arguments],
        // which takes a large file of its own
        environment: new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" });

    /// <summary>Exit code 2, a message that has all of these, and no stack trace.</summary>
    public static void AssertRefused(ProcessRun run, params string[] parts)
    {
        Assert.True(run.ExitCode == 2, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.StartsWith("tinyquant: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }

    public static void AssertDone(ProcessRun run)
    {
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Empty(run.Error);
    }

    private static Task<ProcessRun> RunAsync(
        string? data, Action<Process, string>? onOutput, string[] arguments, string locale = "C")
    {
        var environment = new Dictionary<string, string?>
        {
            ["TINYQUANT_DATA"] = data,
            ["XDG_CACHE_HOME"] = Path.Combine(AppContext.BaseDirectory, "no-cache"),
            ["NO_COLOR"] = "1",
            ["LC_ALL"] = locale,
        };
        // env: a shell in the background starts its commands deaf to Ctrl-C, and that is inherited.
        return ProcessRun.RunAsync(
            "env", ["--default-signal=INT", "dotnet", s_assembly, .. arguments], null, environment, onOutput);
    }
}

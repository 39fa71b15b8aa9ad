using TinyQuant.Native.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Native.Tests;

/// <summary>The self-test, help and what the command line refuses; and how much the program takes.</summary>
public sealed class CommandTests
{
    private const long MostBytes = 1_300_000;
    private const long MostBytesForModels = 90_000;

    [NativeFact]
    public async Task The_self_test_passes_without_the_heap()
    {
        ProcessRun run = await Nano.RunAsync("--self-test");

        Nano.AssertDone(run);
        AssertSelfTest(run);
    }

    /// <summary>A line for each model, none with a byte allocated.</summary>
    internal static void AssertSelfTest(ProcessRun run)
    {
        foreach (string model in new[] { "fp32", "dynamic", "int8" })
        {
            Assert.Contains($"{model}: 10 golden answers, 0 bytes allocated in 100000 inferences", run.Output,
                StringComparison.Ordinal);
        }

        Assert.EndsWith("self-test passed\n", run.Output, StringComparison.Ordinal);
    }

    [NativeTheory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_names_every_command(params string[] arguments)
    {
        ProcessRun run = await Nano.RunAsync(arguments);

        Nano.AssertDone(run);
        Assert.All(["nano IMAGE", "--eval DIR", "--self-test", "--scores", "--json", "Exit code"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [NativeTheory]
    [InlineData("--nonsense")]
    [InlineData("-x")]
    [InlineData("--eval")]
    [InlineData("--self-test", "more")]
    [InlineData("one", "two")]
    public async Task A_command_that_is_none_is_refused(params string[] arguments) =>
        Nano.AssertRefused(await Nano.RunAsync(arguments), $"'{string.Join(' ', arguments)}'", "--help");

    [NativeFact]
    public void It_is_small() => AssertSize(Binaries.HostRid);

    [Arm64Theory]
    [InlineData(Binaries.Arm64)]
    public void It_is_small_elsewhere(string rid) => AssertSize(rid);

    [NativeSizeFact]
    public void The_models_and_their_kernels_add_little()
    {
        long models = new FileInfo(Binaries.HostNano).Length - new FileInfo(Binaries.HostNanoWithoutModels).Length;
        Assert.InRange(models, 1, MostBytesForModels - 1);
    }

    private static void AssertSize(string rid) =>
        Assert.InRange(new FileInfo(Binaries.Nano(rid)).Length, 1, MostBytes);
}

using System.Runtime.Intrinsics.X86;
using TinyQuant.Native.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Native.Tests;

/// <summary>
/// One program with all golden models compiled in: every output of every input, nothing allocated, and on this machine
/// two threads with an instance each. Ahead of time on this machine and on emulated boards; under the JIT with newer
/// instruction sets off.
/// </summary>
public sealed class GoldenTests
{
    private const string Alone = "--alone";

    /// <summary>What is switched off, and the unit that runs then, where it is the same on all processors.</summary>
    public static TheoryData<string, string?> SwitchedOff
    {
        get
        {
            var rows = new TheoryData<string, string?>
            {
                { "EnableAVX2", "SSE4.1" }, { "EnableSSE42", "Vector128" }, { "EnableHWIntrinsic", "scalar" },
            };
            if (AvxVnni.IsSupported)
            {
                rows.Add("EnableAVXVNNI", null);
            }

            return rows;
        }
    }

    [GoldenNativeFact]
    public async Task Ahead_of_time_on_this_machine() =>
        AssertExact(await ProcessRun.RunAsync(Binaries.GoldenCheck(Binaries.HostRid), [GoldenFactAttribute.Root]));

    [GoldenEmulatedTheory]
    [InlineData("cortex-a53", "AdvSimd")] // an a72 has the same instructions
    [InlineData("cortex-a76", "Arm dot product")]
    public async Task Ahead_of_time_on_arm64(string cpu, string unit)
    {
        ProcessRun run = await Binaries.EmulateAsync(
            cpu, Binaries.GoldenCheck(Binaries.Arm64), GoldenFactAttribute.Root, Alone);

        AssertExact(run);
        Assert.Contains($"int8: {unit};", run.Output, StringComparison.Ordinal);
    }

    [GoldenJitTheory]
    [MemberData(nameof(SwitchedOff))]
    public async Task With_less_than_this_processor_has(string off, string? unit)
    {
        var environment = new Dictionary<string, string?> { ["DOTNET_" + off] = "0", ["DOTNET_TieredPGO"] = "0" };
        ProcessRun run = await ProcessRun.RunAsync(
            "dotnet", [Binaries.GoldenCheckAssembly, GoldenFactAttribute.Root, Alone], environment: environment);

        AssertExact(run);
        if (unit is not null && Binaries.HostRid != Binaries.Arm64)
        {
            Assert.Contains($"int8: {unit};", run.Output, StringComparison.Ordinal);
        }
    }

    private static void AssertExact(ProcessRun run)
    {
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.EndsWith(" right, 0 differ\n", run.Output, StringComparison.Ordinal);
    }
}

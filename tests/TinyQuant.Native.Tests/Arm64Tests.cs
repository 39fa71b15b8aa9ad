using TinyQuant.Native.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Native.Tests;

/// <summary>The arm64 programs, as on boards with and without the dot product instructions.</summary>
public sealed class Arm64Tests : IClassFixture<Arm64Tests.HostScores>
{
    private readonly HostScores _host;

    public Arm64Tests(HostScores host) => _host = host;

    // An a72 has the instructions of an a53.
    public static TheoryData<string> Cpus => ["cortex-a53", "cortex-a76"];

    [Arm64Theory]
    [MemberData(nameof(Cpus))]
    public async Task The_self_test_passes(string cpu)
    {
        ProcessRun run = await Binaries.EmulateAsync(cpu, Binaries.Nano(Binaries.Arm64), "--self-test");

        Nano.AssertDone(run);
        CommandTests.AssertSelfTest(run);
        string unit = cpu == "cortex-a76" ? "Arm dot product" : "AdvSimd";
        Assert.Contains($"({unit})", run.Output, StringComparison.Ordinal);
    }

    [Arm64Theory]
    [MemberData(nameof(Cpus))]
    public async Task Every_unit_equals_the_scalar_one(string cpu)
    {
        ProcessRun run = await Binaries.EmulateAsync(cpu, Binaries.Arm64UnitCheck);

        Nano.AssertDone(run);
        Assert.DoesNotContain("FAILED", run.Output, StringComparison.Ordinal);
        Assert.Contains("ok  AdvSimd", run.Output, StringComparison.Ordinal);
        // every public kernel, and plain loops
        Assert.Contains("ok  geometry, Conv2D.Int8", run.Output, StringComparison.Ordinal);
        Assert.Equal(cpu == "cortex-a76", run.Output.Contains("ok  Arm dot product", StringComparison.Ordinal));
    }

    [Arm64Theory]
    [MemberData(nameof(Cpus))]
    public async Task Every_score_is_that_of_the_host(string cpu)
    {
        byte[] expected = await _host.GetAsync();
        string file = _host.Directory[cpu];

        ProcessRun run = await Binaries.EmulateAsync(
            cpu, Binaries.Nano(Binaries.Arm64), "--scores", _host.Directory.Path, file);

        Nano.AssertDone(run);
        Assert.Equal(expected, File.ReadAllBytes(file));
    }

    /// <summary>A test set and this machine's scores on it, made once.</summary>
    public sealed class HostScores : IDisposable
    {
        private const int Images = 10_000; // all of MNIST's test set

        private byte[]? _scores;

        internal TempDirectory Directory { get; } = new();

        public async Task<byte[]> GetAsync()
        {
            if (_scores is null)
            {
                await TestSets.WriteBestAsync(Directory.Path, Images);
                Nano.AssertDone(await Nano.RunAsync("--scores", Directory.Path, Directory["host"]));
                _scores = File.ReadAllBytes(Directory["host"]);
            }

            return _scores;
        }

        public void Dispose() => Directory.Dispose();
    }
}

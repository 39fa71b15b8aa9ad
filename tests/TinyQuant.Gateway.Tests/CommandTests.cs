using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Gateway.Alerts;
using Gateway.Scoring;
using TinyQuant.Gateway.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests;

/// <summary>The program's commands, exit codes, and what it tells systemd.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task The_self_test_passes_without_the_heap()
    {
        ProcessRun run = await RunAsync("--self-test");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal(2,
            run.Output.Split('\n').Count(line =>
                line.Contains(", 0 bytes allocated for 20000 frames", StringComparison.Ordinal)));
        Assert.EndsWith("self-test passed\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scores_of_a_file_are_those_of_the_recipe_to_the_bit()
    {
        float[][] windows = [.. Enumerable.Range(0, 1_000).Select(i => TestFrames.Samples(i, i % 2 == 1))];
        File.WriteAllBytes(_temp["frames"], [.. windows.SelectMany(w => TestFrames.Float32(w))]);
        var scorer = new FrameScorer();

        ProcessRun run = await RunAsync("--scores", _temp["frames"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(windows.Select(w => scorer.Score(w)),
            run.Output.TrimEnd().Split('\n').Select(line => float.Parse(line, CultureInfo.InvariantCulture)));
    }

    /// <summary>And the default one from the windows that the recipe learns from.</summary>
    [Fact]
    public async Task A_threshold_comes_from_healthy_frames()
    {
        float[][] windows = [
            .. Enumerable.Range(0, 8_000).Select(i => TestFrames.Samples(i, isFaulty: false, "train"))];
        File.WriteAllBytes(_temp["frames"], [.. windows.SelectMany(w => TestFrames.Float32(w))]);

        ProcessRun run = await RunAsync("--threshold", _temp["frames"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("8000 frames: median ", run.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            string.Create(CultureInfo.InvariantCulture, $"--Alerts:Threshold={AlertOptions.DefaultThreshold:0.0000}\n"),
            run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_no_frames_are_refused()
    {
        File.WriteAllBytes(_temp["short"], TestFrames.Float32(TestFrames.Samples(0, isFaulty: false))[..^1]);
        File.WriteAllBytes(_temp["empty"], []);
        AssertRefused(await RunAsync("--scores", _temp["short"]), "at byte 0 is no frame");
        AssertRefused(await RunAsync("--threshold", _temp["empty"]), "has no frames");
        AssertRefused(await RunAsync("--scores", _temp["none"]), "none");
    }

    [Fact]
    public async Task Wrong_settings_and_commands_end_with_2()
    {
        AssertRefused(
            await RunAsync("--Broker:Port=0", "--Broker:Hots=x"), "Broker:Port is '0'", "Broker:Hots is no setting");
        AssertRefused(await RunAsync("--nonsense"), "'--nonsense'");
        AssertRefused(await RunAsync("--config", _temp["none"]), "none");
        (string program, string[] before) = GatewayProcess.Command;
        var environment = new Dictionary<string, string?> { ["GATEWAY_Http__Port"] = "many" };
        AssertRefused(await ProcessRun.RunAsync(program, [.. before, "--Broker:Port=1"], environment: environment),
            "Http:Port is 'many'");
        ProcessRun help = await RunAsync("--help");
        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains("Exit codes: 0 stopped", help.Output, StringComparison.Ordinal);
    }

    /// <summary>Of settings and in the log, on a console and under systemd.</summary>
    [Fact]
    public async Task What_is_said_stays_in_its_line()
    {
        ProcessRun wrong = await RunAsync("--Broker:Port=x\n::error::y", "--a\u001b[2J=\u202e", "--b=##vso[x]");
        Assert.Equal(
            [@"gateway: Broker:Port is 'x\u000a::error::y'; expected an integer from 1 to 65535",
                @"gateway: a\u001b[2J is no setting; 'gateway --help' lists them",
                "gateway: b is no setting; 'gateway --help' lists them"],
            wrong.Error.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal)
                .OrderBy(line => !line.Contains("Port", StringComparison.Ordinal)));

        foreach (string socket in new[] { "", _temp["notify"] })
        {
            using var gateway = new GatewayProcess(Mosquitto.FreePort(),
                new Dictionary<string, string> { ["NOTIFY_SOCKET"] = socket },
                "--Broker:Host=no\n::warning::\u001b[2J");
            await HangGuard.UntilAsync(
                () => gateway.Log.Contains("next attempt in", StringComparison.Ordinal), () => gateway.Log);
            Assert.Contains(@"No connection to no\u000a::warning::\u001b[2J:", gateway.Log, StringComparison.Ordinal);
            Assert.All(gateway.Log.TrimEnd('\n').Split('\n'),
                line =>
                    Assert.Matches(
                        socket.Length > 0 ? "^<[2-7]>[GM]|^$" : "^[0-9T:.-]+Z (info|warn|fail|crit): [GM]|^$", line));
        }
    }

    [Fact]
    public async Task An_address_that_is_taken_ends_with_1()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        ProcessRun run = await RunAsync($"--Http:Port={((System.Net.IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot be served", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Systemd_is_told_of_start_life_and_stop()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_temp["notify"]));
        socket.ReceiveTimeout = (int)HangGuard.Time.TotalMilliseconds;
        var environment = new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = _temp["notify"],
            ["WATCHDOG_USEC"] = "200000"
        };
        using var gateway = new GatewayProcess(Mosquitto.FreePort(), environment);

        var told = new List<string>();
        while (told.Count(t => t == "WATCHDOG=1") < 3 || !told.Contains("READY=1"))
        {
            told.Add(Receive(socket));
        }

        Task<int> stop = gateway.StopAsync();
        while (told[^1] != "STOPPING=1")
        {
            told.Add(Receive(socket));
        }

        Assert.Equal(0, await stop);
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private static void AssertRefused(ProcessRun run, params string[] parts)
    {
        Assert.True(run.ExitCode == 2, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Empty(run.Output);
        Assert.All(run.Error.TrimEnd('\n').Split('\n'),
            line => Assert.StartsWith("gateway: ", line, StringComparison.Ordinal));
        Assert.All(parts, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }

    private static Task<ProcessRun> RunAsync(params string[] arguments)
    {
        (string program, string[] before) = GatewayProcess.Command;
        return ProcessRun.RunAsync(program, [.. before, .. arguments]);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Support;

/// <summary>
/// A running gateway: the published native program where there is one, otherwise the one that was built, under the JIT.
/// </summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly List<string> _log = [];

    /// <summary>Starts one with alerts as they are by default.</summary>
    /// <param name="brokerPort">Where the broker is.</param>
    /// <param name="arguments">Further settings.</param>
    public GatewayProcess(int brokerPort, params string[] arguments)
        : this(brokerPort, new Dictionary<string, string>(), arguments)
    {
    }

    /// <inheritdoc cref="GatewayProcess(int, string[])"/>
    public GatewayProcess(int brokerPort, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        int port = Mosquitto.FreePort();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = HangGuard.Time };
        (string program, string[] before) = Command;
        var start = new ProcessStartInfo(program,
        [
            .. before, "--Broker:Host=127.0.0.1", $"--Broker:Port={brokerPort}", $"--Http:Port={port}",
            "--Broker:ReconnectAfter=0.05", "--Broker:ReconnectAtMost=0.5", "--Stop:Timeout=600", .. arguments,
        ])
        { RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) =>
        {
            lock (_log)
            {
                _log.Add(e.Data ?? "");
            }
        };
        _process.BeginOutputReadLine();
    }

    /// <summary>The program, and what comes before its own arguments.</summary>
    public static (string Program, string[] Before) Command
    {
        get
        {
            string rid = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
            string native = Repository.File("artifacts", "publish-gateway", rid, "gateway");
            return File.Exists(native)
                ? (native, [])
                : ("dotnet", [typeof(global::Gateway.Hosting.GatewayOptions).Assembly.Location]);
        }
    }

    /// <summary>What it has logged so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <summary>The most memory that was resident, in bytes.</summary>
    public long PeakMemory() => 1024 * long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status")
            .Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[
            6..^2].Trim(), CultureInfo.InvariantCulture);

    /// <summary>What it has had of the processors.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>
    /// Status and text of a page. A connection that ends without an answer is tried again: the gateway gives a client
    /// five seconds, which a busy machine may take for other things.
    /// </summary>
    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        (HttpStatusCode Status, string Text)? answer = null;
        await HangGuard.UntilAsync(async () => (answer = await TryGetAsync(path)) is not null, () => Log);
        return answer!.Value;
    }

    /// <summary>Its counters.</summary>
    public async Task<GatewayCounts> CountAsync() => GatewayCounts.Parse((await GetAsync("/metrics")).Text);

    /// <summary>Waits until it is connected.</summary>
    public Task WaitUntilHealthyAsync() =>
        WaitAsync(async () => (await GetAsync("/health")).Status == HttpStatusCode.OK);

    /// <summary>Waits until its counters fulfil something.</summary>
    public async Task<GatewayCounts> WaitUntilAsync(Func<GatewayCounts, bool> condition)
    {
        GatewayCounts counts = new([]);
        await WaitAsync(async () => condition(counts = await CountAsync()), () => counts.ToString());
        return counts;
    }

    /// <summary>Waits until all that has come is counted, and nothing more comes.</summary>
    public async Task<GatewayCounts> WaitUntilQuietAsync()
    {
        GatewayCounts last = new([]);
        int same = 0;
        await WaitAsync(async () =>
        {
            GatewayCounts before = last;
            last = await CountAsync();
            same = before.Received == last.Received && last.IsConsistent ? same + 1 : 0;
            return same == 5;
        }, () => last.ToString(), TimeSpan.FromMilliseconds(200));
        return last;
    }

    /// <summary>Stops it as systemd would.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        Signals.Terminate(_process);
        await HangGuard.WaitAsync(_process.WaitForExitAsync());
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _http.Dispose();
    }

    private async Task<(HttpStatusCode Status, string Text)?> TryGetAsync(string path)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(path);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException) when (!_process.HasExited)
        {
            return null; // it does not listen yet
        }
    }

    private Task WaitAsync(Func<Task<bool>> condition, Func<string>? describe = null, TimeSpan? step = null) =>
        HangGuard.UntilAsync(condition, () => $"{describe?.Invoke()}\n{Log}", step);
}

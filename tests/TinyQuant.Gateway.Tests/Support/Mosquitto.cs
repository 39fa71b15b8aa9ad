using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Support;

/// <summary>A Mosquitto broker of one's own, on a free port, with its files in a folder of its own.</summary>
internal sealed class Mosquitto : IDisposable
{
    private static int s_lastPort = 20_000 + (Environment.ProcessId * 97 % 10_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("tinyquant-mosquitto-").FullName;
    private Process? _process;

    /// <summary>Starts one.</summary>
    /// <param name="settings">Lines for its configuration; by default anybody may connect.</param>
    public Mosquitto(params string[] settings)
    {
        Port = FreePort();
        File.WriteAllLines(ConfigurationFile,
        [
            $"listener {Port} 127.0.0.1",
            "persistence false",
            "user root", // where root starts it; the files are root's
            "max_queued_messages 100000", // what waits for one client while this machine is busy
            "set_tcp_nodelay true",
            $"log_dest file {Path.Combine(_folder, "log")}",
            .. settings.Length > 0 ? settings : ["allow_anonymous true"],
        ]);
        Start();
    }

    /// <summary>The program; null where it is not installed.</summary>
    public static string? Program { get; } = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin"
        .Split(':').Select(folder => Path.Combine(folder, "mosquitto")).FirstOrDefault(File.Exists);

    public int Port { get; }

    private string ConfigurationFile => Path.Combine(_folder, "mosquitto.conf");

    /// <summary>
    /// A port that nobody listens at, each time another, and below those that the system gives to clients: one of them
    /// would have it before whoever asked for it.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            int port = Interlocked.Increment(ref s_lastPort);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    /// <summary>Starts it, again at the same port, and waits until it listens.</summary>
    public void Start()
    {
        _process = Process.Start(
            new ProcessStartInfo(Program!, ["-c", ConfigurationFile]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        HangGuard.UntilAsync(Listens, () => $"Mosquitto does not listen at {Port}").GetAwaiter().GetResult();
    }

    /// <summary>Stops it as systemd would.</summary>
    public void Stop()
    {
        if (_process is { } process)
        {
            _process = null;
            using (process)
            {
                Signals.Terminate(process);
                HangGuard.WaitAsync(process.WaitForExitAsync()).GetAwaiter().GetResult();
            }
        }
    }

    private bool Listens()
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException) when (_process is { HasExited: false })
        {
            return false;
        }
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }
}

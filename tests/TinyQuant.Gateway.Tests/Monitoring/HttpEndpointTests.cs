using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gateway.Frames;
using Gateway.Hosting;
using Gateway.Monitoring;
using Microsoft.Extensions.Logging.Abstractions;
using TinyQuant.Gateway.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Monitoring;

/// <summary>The two pages, as a scraper and as nobody in their right mind asks for them.</summary>
public sealed class HttpEndpointTests : IAsyncLifetime, IDisposable
{
    private readonly IPEndPoint _address = new(IPAddress.Loopback, Mosquitto.FreePort());
    private readonly GatewayMetrics _metrics = new();
    private readonly ManualTime _time = new();
    private readonly FrameQueue _queue = new(4);
    private readonly PrometheusText _text;
    private readonly Health _health;
    private readonly SensorTable _sensors;
    private readonly HttpEndpoint _endpoint;

    public HttpEndpointTests()
    {
        _text = new PrometheusText(_metrics);
        _health = new Health(_queue.OldestReceivedAt, _time);
        _sensors = new SensorTable(new SensorOptions(1, TimeSpan.FromHours(1)), _time);
        var pages = Pages.Create(_health, _text, _queue, _sensors);
        _endpoint = new HttpEndpoint(_address, pages, HangGuard.Time, NullLogger<HttpEndpoint>.Instance);
    }

    public Task InitializeAsync() => _endpoint.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => _endpoint.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _endpoint.Dispose();
        _text.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task Health_follows_the_broker_and_scoring()
    {
        Assert.Equal((503, "disconnected", "running"), await HealthAsync());
        _health.IsConnected = true;
        Assert.Equal((200, "connected", "running"), await HealthAsync());

        Assert.True(_queue.TryRent(out Frame? frame));
        frame.ReceivedAt = _time.GetTimestamp();
        _queue.TryAccept(frame);
        _time.Advance(9);
        Assert.Equal((200, "connected", "running"), await HealthAsync());
        _time.Advance(2);
        Assert.Equal((503, "connected", "stuck"), await HealthAsync());
        _health.Progress(_time.GetTimestamp());
        Assert.Equal((200, "connected", "running"), await HealthAsync());
    }

    [Fact]
    public async Task A_full_table_of_sensors_shows_until_there_is_room()
    {
        _health.IsConnected = true;
        _sensors.Hear("a");
        string full = await AskAsync("GET /health HTTP/1.1\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", full, StringComparison.Ordinal); // the sensors that are known are scored
        Assert.Contains("\"status\":\"degraded\"", full, StringComparison.Ordinal);
        Assert.Contains("\"sensors\":1,\"sensorTable\":\"full\"", full, StringComparison.Ordinal);

        _time.Advance(3_600);
        string open = await AskAsync("GET /health HTTP/1.1\r\n\r\n");
        Assert.Contains("\"status\":\"ok\"", open, StringComparison.Ordinal);
        Assert.Contains("\"sensors\":0,\"sensorTable\":\"open\"", open, StringComparison.Ordinal);

        _sensors.Hear("a");
        _health.IsConnected = false;
        Assert.StartsWith("HTTP/1.1 503 ", await AskAsync("GET /health HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_that_say_nothing_lock_nobody_out()
    {
        List<TcpClient> silent = [];
        for (int i = 0; i < HttpEndpoint.MaxClients; i++)
        {
            silent.Add(new TcpClient());
            await silent[i].ConnectAsync(_address);
        }

        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync("GET /metrics HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);

        await Assert.ThrowsAnyAsync<IOException>(() => ReadAsync(silent[0])); // had to go
        await silent[1].GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 404 ", await ReadAsync(silent[1]), StringComparison.Ordinal);
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Metrics_are_Prometheus_text()
    {
        _metrics.FrameReceived();
        _metrics.FrameReceived();
        _metrics.FrameMalformed(Rejection.Length);
        _metrics.FrameScored(received: 0, started: 0, ended: System.Diagnostics.Stopwatch.Frequency / 50); // 20 ms

        string answer = await AskAsync("GET /metrics?x HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n", answer,
            StringComparison.Ordinal);
        Assert.All(
        [
            "# TYPE gateway_frames_received_total counter\ngateway_frames_received_total 2\n",
            "\ngateway_frames_malformed_total{reason=\"length\"} 1\n",
            "\ngateway_frames_malformed_total{reason=\"header\"} 0\n",
            "# TYPE gateway_frame_latency_seconds histogram\n",
            "\ngateway_frame_latency_seconds_bucket{le=\"0.01\"} "
                + "0\ngateway_frame_latency_seconds_bucket{le=\"0.025\"} 1\n",
            "\ngateway_frame_latency_seconds_bucket{le=\"+Inf\"} 1\ngateway_frame_latency_seconds_sum "
                + "0.02\ngateway_frame_latency_seconds_count 1\n",
        ], part => Assert.Contains(part, answer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 404)]
    [InlineData("HEAD /metrics HTTP/1.0\r\n\r\n", 200)]
    [InlineData("POST /metrics HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", 405)]
    [InlineData("GET http://a/metrics HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /metrics\r\n\r\n", 400)]
    [InlineData("\r\n\r\n", 400)]
    [InlineData("\u0016\u0003\u0001\r\n\r\n", 400)]
    public async Task Other_requests_are_refused(string request, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", await AskAsync(request), StringComparison.Ordinal);

    [Fact]
    public async Task A_head_without_end_is_refused_and_others_are_served()
    {
        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync("GET / HTTP/1.1\r\n" + new string('a', 8_192 - 16)),
            StringComparison.Ordinal);
        using var silent = new TcpClient();
        await silent.ConnectAsync(_address);
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync("GET /metrics HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    private async Task<(int, string?, string?)> HealthAsync()
    {
        string answer = await AskAsync("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
        JsonElement report = JsonDocument.Parse(
            answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).RootElement;
        int status = int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(status == 200 ? "ok" : "unavailable", report.GetProperty("status").GetString());
        return (status, report.GetProperty("broker").GetString(), report.GetProperty("scoring").GetString());
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_address);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        return await ReadAsync(client);
    }

    private static async Task<string> ReadAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        return await HangGuard.WaitAsync(reader.ReadToEndAsync());
    }
}

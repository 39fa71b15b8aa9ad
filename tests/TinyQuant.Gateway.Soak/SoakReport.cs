using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Soak;

/// <summary>Compares what was sent with what the gateway counted, part by part.</summary>
internal sealed class SoakReport(GatewayProcess gateway)
{
    /// <summary>Most memory that the gateway may have had, flood and all.</summary>
    private const long MaxMemory = 160 << 20;

    private GatewayCounts _before = new([]);
    private TimeSpan _processorTime;
    private int _failures;

    /// <summary>Prints a part's figures once all of it is scored.</summary>
    /// <param name="name">The part's.</param>
    /// <param name="sent">Messages that the broker took.</param>
    /// <param name="time">In what time.</param>
    /// <param name="mayDrop">Whether the broker and the gateway may drop: not what the gateway has accepted.</param>
    public async Task AddAsync(string name, long sent, TimeSpan time, bool mayDrop)
    {
        GatewayCounts now = mayDrop
            ? await gateway.WaitUntilQuietAsync()
            : await gateway.WaitUntilAsync(counts =>
                counts.Received - _before.Received >= sent && counts.Accepted == counts.Scored);
        long received = now.Received - _before.Received;
        long malformed = now.Malformed - _before.Malformed;
        long dropped = now.Dropped - _before.Dropped;
        long accepted = now.Accepted - _before.Accepted;
        long scored = now.Scored - _before.Scored;
        Console.WriteLine(
            $"{name,-10} {sent,9:N0} sent in {time.TotalSeconds:0.0} s ({sent / time.TotalSeconds:N0} a second), "
                + $"received {received,9:N0}, malformed {malformed}, "
            + $"dropped {dropped:N0}, accepted {accepted:N0}, scored {scored:N0}; "
            + $"mean latency {1e3 * Mean(now, "latency"):0.00} ms, of scoring {1e6 * Mean(now, "scoring"):0.0} µs; "
            + $"processor time "
            + $"{1e6 * (gateway.ProcessorTime() - _processorTime).TotalSeconds / Math.Max(1, received):0} µs a "
            + $"message; peak memory {gateway.PeakMemory() / 1048576.0:0.0} MiB");
        Expect(received == malformed + dropped + accepted && accepted == scored, $"{name}: an accepted frame is lost");
        Expect(mayDrop || (received == sent && accepted == sent), $"{name}: a frame that was sent was not accepted");
        (_before, _processorTime) = (now, gateway.ProcessorTime());
    }

    /// <summary>Prints the alerts, and stops the gateway.</summary>
    /// <returns>0 where nothing was lost, otherwise 1.</returns>
    public async Task<int> FinishAsync()
    {
        GatewayCounts counts = await gateway.CountAsync();
        Console.WriteLine($"alerts {counts.Alerts}, connections {counts.Connections}");
        Expect(gateway.PeakMemory() < MaxMemory, $"memory went above {MaxMemory >> 20} MiB");
        int exitCode = await gateway.StopAsync();
        Expect(exitCode == 0, $"the gateway ended with {exitCode}");
        Console.WriteLine(
            gateway.Log.Split('\n').LastOrDefault(line => line.Contains("Stopped: ", StringComparison.Ordinal))
                ?? "(no last words)");
        Console.WriteLine(_failures == 0 ? "soak passed" : $"soak FAILED: {_failures}");
        return _failures == 0 ? 0 : 1;
    }

    /// <summary>Seconds, over the frames of the part that ends now.</summary>
    private double Mean(GatewayCounts now, string what) =>
        Since(now, $"gateway_frame_{what}_seconds_sum") / Since(now, $"gateway_frame_{what}_seconds_count");

    private double Since(GatewayCounts now, string name) => now.Values[name] - _before.Values.GetValueOrDefault(name);

    private void Expect(bool isRight, string failure)
    {
        if (!isRight)
        {
            _failures++;
            Console.WriteLine($"FAILED: {failure}");
        }
    }
}

using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Gateway.Monitoring;

/// <summary>
/// Tells systemd twice in each interval of its watchdog that scoring is not stuck; where it is, systemd restarts the
/// service. A missing broker is no reason: a restart would not bring it back.
/// </summary>
internal sealed class Watchdog(ISystemdNotifier notifier, Health health) : BackgroundService
{
    private static readonly ServiceState s_alive = new("WATCHDOG=1");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Set by systemd where the unit has WatchdogSec=; see sd_watchdog_enabled(3).
        string? interval = Environment.GetEnvironmentVariable("WATCHDOG_USEC");
        if (!long.TryParse(interval, NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            || microseconds == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(microseconds / 2.0));
        do
        {
            if (!health.IsStuck())
            {
                notifier.Notify(s_alive);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}

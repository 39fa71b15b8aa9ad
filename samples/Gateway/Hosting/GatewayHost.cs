using System.Net;
using System.Net.Sockets;
using Gateway.Alerts;
using Gateway.Broker;
using Gateway.Frames;
using Gateway.Monitoring;
using Gateway.Scoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Gateway.Hosting;

/// <summary>Puts the parts together and runs them.</summary>
internal static partial class GatewayHost
{
    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>0 after a stop, 1 where a part failed.</returns>
    public static async Task<int> RunAsync(GatewayOptions options)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(options.LogLevel);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopTimeout);
        AddGateway(builder.Services, options);
        if (SystemdHelpers.IsSystemdService()
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET")))
        {
            AddSystemd(builder);
        }
        else
        {
            AddConsole(builder, isSystemd: false);
        }

        using IHost host = builder.Build();
        // the host is disposed when it has run
        IHostedService[] parts = [.. host.Services.GetServices<IHostedService>()];
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Gateway");
        try
        {
            await host.RunAsync().ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            LogNotListening(logger, options.HttpAddress, options.HttpPort, e.Message);
            return 1;
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException)
        {
            LogUnfinished(logger, options.StopTimeout.TotalSeconds);
            return 1;
        }

        return parts.OfType<BackgroundService>().Any(part => part.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }

    /// <summary>
    /// What <c>AddSystemd</c> does, for services with <c>ProtectProc=invisible</c> as well: those cannot see that their
    /// parent is systemd, by which it decides.
    /// </summary>
    private static void AddSystemd(HostApplicationBuilder builder)
    {
        AddConsole(builder, isSystemd: true);
        builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        builder.Services.AddSingleton<IHostLifetime, SystemdLifetime>();
        builder.Services.AddHostedService<Watchdog>();
    }

    private static void AddConsole(HostApplicationBuilder builder, bool isSystemd)
    {
        builder.Services.AddSingleton<ConsoleFormatter>(new LineFormatter(isSystemd, TimeProvider.System));
        builder.Logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
    }

    /// <summary>
    /// Hosted services start in this order and stop in the reverse one: receiving, scoring, alerts, the broker.
    /// </summary>
    private static void AddGateway(IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<PrometheusText>();
        var queue = new FrameQueue(options.Frames.QueueCapacity);
        services.AddSingleton(new Health(queue.OldestReceivedAt, TimeProvider.System));
        services.AddSingleton(queue);
        services.AddSingleton(new SensorTopic(options.Frames.Topic));
        services.AddSingleton(new SensorTable(options.Sensors, TimeProvider.System));
        services.AddSingleton<FrameIntake>();
        services.AddSingleton(p =>
            new AlertOutbox(options.Alerts.QueueCapacity, p.GetRequiredService<GatewayMetrics>()));
        services.AddSingleton(p => CreateBroker(p, options));

        services.AddHostedService<StopReport>();
        services.AddHostedService(p => new HttpEndpoint(
            new IPEndPoint(IPAddress.Parse(options.HttpAddress), options.HttpPort), CreatePages(p),
            HttpEndpoint.Patience,
            p.GetRequiredService<ILogger<HttpEndpoint>>()));
        services.AddHostedService(p => p.GetRequiredService<BrokerConnection>());
        services.AddHostedService(p => new AlertPublisher(
            options.Alerts, p.GetRequiredService<AlertOutbox>(), p.GetRequiredService<BrokerConnection>(),
            p.GetRequiredService<GatewayMetrics>(),
            p.GetRequiredService<ILogger<AlertPublisher>>()));
        services.AddHostedService(p => CreateScoring(p, options.Alerts));
        services.AddHostedService<Receiving>();
    }

    private static BrokerConnection CreateBroker(IServiceProvider provider, GatewayOptions options)
    {
        FrameIntake intake = provider.GetRequiredService<FrameIntake>();
        return new BrokerConnection(
            options.Broker, options.Frames.Topic, message => intake.Take(message.Topic, message.Payload),
            provider.GetRequiredService<Health>(), provider.GetRequiredService<GatewayMetrics>(),
            provider.GetRequiredService<ILogger<BrokerConnection>>());
    }

    private static ScoringService CreateScoring(IServiceProvider provider, AlertOptions options)
    {
        var processor = new FrameProcessor(
            new FrameScorer(), new AlertPolicy(options, TimeProvider.System), options.Threshold, TimeProvider.System);
        return new ScoringService(
            provider.GetRequiredService<FrameQueue>(), processor, provider.GetRequiredService<AlertOutbox>(),
            provider.GetRequiredService<GatewayMetrics>(), provider.GetRequiredService<Health>());
    }

    private static IReadOnlyDictionary<string, Func<(HttpStatusCode, string, string)>> CreatePages(
        IServiceProvider provider)
    {
        Health health = provider.GetRequiredService<Health>();
        FrameQueue queue = provider.GetRequiredService<FrameQueue>();
        SensorTable sensors = provider.GetRequiredService<SensorTable>();
        GatewayMetrics metrics = provider.GetRequiredService<GatewayMetrics>();
        metrics.AddGauge(
            "gateway.broker.connected", null, "1 where the broker is connected.", () => health.IsConnected ? 1 : 0);
        metrics.AddGauge("gateway.queue.frames", null, "Frames that wait to be scored.", () => queue.Count);
        metrics.AddGauge("gateway.sensors", null, "Sensors that are known.", () => sensors.Count);
        metrics.AddGauge("gateway.sensors.limit", null, "As many as there may be.", () => sensors.Limit);
        metrics.AddGauge(
            "gateway.sensors.full", null, "1 where frames of new sensors are refused.", () => sensors.IsFull ? 1 : 0);
        metrics.AddTotal("gateway.sensors.forgotten", "Sensors that were forgotten, since they were silent for long.",
            () => sensors.Forgotten);
        metrics.AddGauge("process.resident.memory.bytes", "By", "Resident memory.", () => Environment.WorkingSet);
        return Pages.Create(health, provider.GetRequiredService<PrometheusText>(), queue, sensors);
    }

    [LoggerMessage(LogLevel.Critical, "Health and metrics cannot be served at {Address}:{Port}: {Reason}")]
    private static partial void LogNotListening(ILogger logger, string address, int port, string reason);

    [LoggerMessage(LogLevel.Error, "The stop took longer than {Seconds} s and was cut short")]
    private static partial void LogUnfinished(ILogger logger, double seconds);
}

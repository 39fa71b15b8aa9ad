using Gateway.Monitoring;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Gateway.Broker;

/// <summary>
/// Keeps a connection to the broker and its one subscription: where either is lost it waits, longer each time, and
/// tries again, until it is stopped. Every exception of the client is a lost connection: it also throws what its own
/// clean-up trips over, and a cancellation comes as several types.
/// </summary>
internal sealed partial class BrokerConnection : BackgroundService
{
    private const int LoggedReason = 300; // characters

    /// <summary>A connection that lasts so long was a good one.</summary>
    private static readonly TimeSpan s_stable = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    private readonly BrokerOptions _options;
    private readonly string _topic;
    private readonly ProtocolChoice _protocol;
    private readonly Dictionary<MqttProtocolVersion, MqttClientOptions> _clientOptions;
    private readonly Health _health;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _logger;
    private readonly BoundedAdapterFactory _adapters;
    private readonly MqttClient _client;
    private TaskCompletionSource<string> _lost = new();
    private TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes one that is not connected yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="topic">The topic filter to subscribe to.</param>
    /// <param name="onMessage">Told each message, one at a time; it must be quick.</param>
    /// <param name="health">Told whether it is connected.</param>
    /// <param name="metrics">Counts connections.</param>
    /// <param name="logger">Told of every change.</param>
    public BrokerConnection(
        BrokerOptions options, string topic, Action<MqttApplicationMessage> onMessage, Health health,
        GatewayMetrics metrics, ILogger<BrokerConnection> logger)
    {
        (_options, _topic, _health, _metrics, _logger) = (options, topic, health, metrics, logger);
        _protocol = new ProtocolChoice(options.Protocol);
        _clientOptions = new[] { MqttProtocolVersion.V500, MqttProtocolVersion.V311 }.ToDictionary(
            v => v, v => ClientOptions.Create(options, v));
        _adapters = new BoundedAdapterFactory(options.ReceiveMaximum, options.MaxPacketBytes);
        _client = new MqttClient(_adapters, MqttNetNullLogger.Instance);
        _client.DisconnectedAsync += OnDisconnected;
        _client.ApplicationMessageReceivedAsync += e =>
        {
            try
            {
                // kept, and of another time: 3.1.1 cannot ask the broker not to send it
                if (!e.ApplicationMessage.Retain)
                {
                    onMessage(e.ApplicationMessage);
                }
            }
            finally
            {
                _adapters.Window.Leave();
            }

            return Task.CompletedTask;
        };
    }

    /// <summary>Publishes with quality of service 1.</summary>
    public async Task<Delivery> PublishAsync(string topic, byte[] payload, CancellationToken cancellation)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = payload,
            ContentType = _client.Options?.ProtocolVersion == MqttProtocolVersion.V500 ? "application/json" : null,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        try
        {
            MqttClientPublishResult result = await _client.PublishAsync(message, cancellation).ConfigureAwait(false);
            return result.IsSuccess ? Delivery.Acknowledged : Delivery.Refused;
        }
        catch (Exception)
        {
            return Delivery.Interrupted;
        }
    }

    /// <summary>Waits for a connection.</summary>
    public Task WaitUntilConnectedAsync(CancellationToken cancellation) =>
        Volatile.Read(ref _connected).Task.WaitAsync(cancellation);

    /// <summary>Ends the subscription, and waits until every message that has come is handled.</summary>
    public async Task StopReceivingAsync(CancellationToken cancellation)
    {
        try
        {
            if (_client.IsConnected)
            {
                await _client.UnsubscribeAsync(
                    new MqttClientUnsubscribeOptions { TopicFilters = [_topic] }, cancellation).ConfigureAwait(
                    false);
            }

            while (_client.IsConnected && !_adapters.Window.IsEmpty)
            {
                await Task.Delay(s_look, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // Without a connection there is no subscription either.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await DisconnectAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.SendsPasswordInClear)
        {
            LogInClear(_logger, _options.Host, _options.Port);
        }

        var delay = new ReconnectDelay(_options.ReconnectAfter, _options.ReconnectAtMost, Random.Shared);
        while (!stoppingToken.IsCancellationRequested)
        {
            string reason;
            try
            {
                _lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                await ConnectAsync(stoppingToken).ConfigureAwait(false);
                long since = TimeProvider.System.GetTimestamp();
                reason = await _lost.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
                _protocol.Lost();
                if (TimeProvider.System.GetElapsedTime(since) >= s_stable)
                {
                    delay.Reset();
                }
            }
            catch (Exception e)
            {
                reason = e.GetBaseException().Message;
                if (e is MqttConnectingFailedException)
                {
                    _protocol.Unanswered();
                }
            }

            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            _health.IsConnected = false;
            // it may be half way: connected, but not subscribed
            await DisconnectAsync(stoppingToken).ConfigureAwait(false);
            TimeSpan wait = delay.Next();
            LogLost(_logger, _options.Host, _options.Port, Cut(reason), wait.TotalSeconds);
            await Task.Delay(wait, stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task ConnectAsync(CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(_clientOptions[_protocol.Current].Timeout);
        MqttClientConnectResult connected = await _client.ConnectAsync(_clientOptions[_protocol.Current], limit.Token)
            .ConfigureAwait(false);
        if (ProtocolChoice.IsRefusal(connected.ResultCode) && _protocol.Refused())
        {
            LogOlder(_logger, _options.Host, _options.Port);
            connected = await _client.ConnectAsync(_clientOptions[_protocol.Current], limit.Token)
                .ConfigureAwait(false);
        }

        if (connected.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new MqttCommunicationException(ProtocolChoice.IsRefusal(connected.ResultCode)
                ? $"the broker does not speak the version of MQTT that Broker:Protocol={_options.Protocol} is"
                : $"the broker answered {connected.ResultCode} {connected.ReasonString}".TrimEnd());
        }

        MqttClientSubscribeResult subscribed = await _client.SubscribeAsync(new MqttClientSubscribeOptions
        {
            TopicFilters =
            [
                new MqttTopicFilter
                {
                    Topic = _topic,
                    QualityOfServiceLevel = (MqttQualityOfServiceLevel)_options.QualityOfService,
                    RetainHandling = _protocol.Current == MqttProtocolVersion.V500
                        ? MqttRetainHandling.DoNotSendOnSubscribe // a frame that was kept is of another time
                        : MqttRetainHandling.SendAtSubscribe,
                },
            ],
        }, limit.Token).ConfigureAwait(false);
        MqttClientSubscribeResultCode code = subscribed.Items.First().ResultCode;
        if (code > MqttClientSubscribeResultCode.GrantedQoS2)
        {
            throw new MqttCommunicationException($"the broker refused the subscription to {_topic}: {code}");
        }

        _health.IsConnected = true;
        _metrics.BrokerConnected();
        LogConnected(_logger, _options.Host, _options.Port,
            _protocol.Current == MqttProtocolVersion.V500 ? "5" : "3.1.1", _topic);
        _connected.TrySetResult();
    }

    private async Task DisconnectAsync(CancellationToken cancellation)
    {
        try
        {
            if (_client.IsConnected)
            {
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // It has gone by itself.
        }
    }

    private Task OnDisconnected(MqttClientDisconnectedEventArgs e)
    {
        if (e.ClientWasConnected)
        {
            Volatile.Write(
                ref _connected, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _lost.TrySetResult(e.Exception?.GetBaseException().Message ?? e.Reason.ToString());
        }

        return Task.CompletedTask;
    }

    /// <summary>A broker's reason has up to 65,535 characters.</summary>
    private static string Cut(string reason) => reason.Length > LoggedReason ? reason[..LoggedReason] + "..." : reason;

    [LoggerMessage(LogLevel.Warning,
        "Broker:UserName and its password go to {Host}:{Port} unencrypted, and whoever is on the way can read them; "
            + "set Broker:UseTls=true, and the broker's port for TLS")]
    private static partial void LogInClear(ILogger logger, string host, int port);

    [LoggerMessage(LogLevel.Information, "Connected to {Host}:{Port} with MQTT {Version}, subscribed to {Topic}")]
    private static partial void LogConnected(ILogger logger, string host, int port, string version, string topic);

    [LoggerMessage(LogLevel.Information,
        "The broker at {Host}:{Port} does not speak MQTT 5; it is asked for 3.1.1 from now on")]
    private static partial void LogOlder(ILogger logger, string host, int port);

    [LoggerMessage(LogLevel.Warning, "No connection to {Host}:{Port}: {Reason}; next attempt in {Wait:0.0} s")]
    private static partial void LogLost(ILogger logger, string host, int port, string reason, double wait);
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Monitoring;

/// <summary>
/// Serves GET of a few paths, one request a connection. Not Kestrel: the program would be nearly twice as large, for
/// two pages that a scraper reads. A client has a few seconds, a few of them are served at a time, and no request's
/// body is read.
/// </summary>
/// <param name="address">Where; port 0 for nowhere.</param>
/// <param name="pages">What each path answers: status, content type, text.</param>
/// <param name="logger">Told where it listens.</param>
internal sealed partial class HttpEndpoint(
    IPEndPoint address, IReadOnlyDictionary<string, Func<(HttpStatusCode Status, string Type, string Text)>> pages, ILogger<HttpEndpoint> logger) : BackgroundService
{
    private const int MaxClients = 8;
    private const string PlainText = "text/plain; charset=utf-8";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _clients = new(MaxClients);
    private TcpListener? _listener;

    /// <inheritdoc/>
    /// <exception cref="SocketException">The address is taken or not this machine's.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (address.Port == 0)
        {
            return Task.CompletedTask;
        }
        _listener = new TcpListener(address);
        _listener.Start();
        LogListening(logger, address);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        _clients.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _clients.WaitAsync(stoppingToken).ConfigureAwait(false);
            try
            {
                _ = ServeAsync(await _listener!.AcceptTcpClientAsync(stoppingToken).ConfigureAwait(false), stoppingToken);
            }
            catch (SocketException e)
            {
                _clients.Release();
                LogNotAccepted(logger, e.Message);
                await Task.Delay(s_patience, stoppingToken).ConfigureAwait(false); // out of descriptors, most likely
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(s_patience);
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                HttpRequest? request = await HttpRequest.ReadAsync(stream, limit.Token).ConfigureAwait(false);
                await stream.WriteAsync(Answer(request), limit.Token).ConfigureAwait(false);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The client has gone, or took too long.
        }
        finally
        {
            _clients.Release();
        }
    }

    private byte[] Answer(HttpRequest? request)
    {
        (HttpStatusCode status, string type, string text) = request switch
        {
            null => (HttpStatusCode.BadRequest, PlainText, "This is no HTTP request.\n"),
            { Method: not ("GET" or "HEAD") } => (HttpStatusCode.MethodNotAllowed, PlainText, "Expected GET.\n"),
            _ when pages.TryGetValue(request.Path, out var page) => page(),
            _ => (HttpStatusCode.NotFound, PlainText, $"Expected {string.Join(" or ", pages.Keys)}.\n"),
        };
        byte[] body = Encoding.UTF8.GetBytes(text);
        string head = string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {(int)status} {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n");
        return request is { Method: "HEAD" } ? Encoding.ASCII.GetBytes(head) : [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    [LoggerMessage(LogLevel.Information, "Health and metrics at http://{Address}")]
    private static partial void LogListening(ILogger logger, IPEndPoint address);

    [LoggerMessage(LogLevel.Warning, "No connection was accepted: {Reason}")]
    private static partial void LogNotAccepted(ILogger logger, string reason);
}

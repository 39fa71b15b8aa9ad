using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Monitoring;

/// <summary>
/// Serves GET of a few paths, one request a connection. Not Kestrel: the program would be nearly twice as large, for
/// two pages that a scraper reads. A client has a few seconds, and no request's body is read. Where as many are
/// connected as are served at a time, the one that has taken longest has to go: clients that say nothing lock nobody
/// out.
/// </summary>
/// <param name="address">Where; port 0 for nowhere.</param>
/// <param name="pages">What each path answers: status, content type, text.</param>
/// <param name="patience">How long a client has to ask and to read the answer.</param>
/// <param name="logger">Told where it listens.</param>
internal sealed partial class HttpEndpoint(
    IPEndPoint address, IReadOnlyDictionary<string, Func<(HttpStatusCode Status, string Type, string Text)>> pages,
    TimeSpan patience,
    ILogger<HttpEndpoint> logger) : BackgroundService
{
    /// <summary>Clients at a time.</summary>
    public const int MaxClients = 64;

    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>How long a client has, where nothing else is said.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly LinkedList<Socket> _clients = []; // the one that has been there for longest comes first
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
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener!.AcceptSocketAsync(stoppingToken).ConfigureAwait(false);
                _ = ServeAsync(Enter(client), stoppingToken);
            }
            catch (SocketException e)
            {
                LogNotAccepted(logger, e.Message);
                await Task.Delay(Patience, stoppingToken).ConfigureAwait(false); // out of descriptors, most likely
            }
        }
    }

    private LinkedListNode<Socket> Enter(Socket client)
    {
        lock (_lock)
        {
            if (_clients.Count == MaxClients)
            {
                _clients.First!.Value.Dispose();
                _clients.RemoveFirst();
            }

            return _clients.AddLast(client);
        }
    }

    private async Task ServeAsync(LinkedListNode<Socket> client, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(patience);
        try
        {
            using var stream = new NetworkStream(client.Value, ownsSocket: true);
            HttpRequest? request = await HttpRequest.ReadAsync(stream, limit.Token).ConfigureAwait(false);
            await stream.WriteAsync(Answer(request), limit.Token).ConfigureAwait(false);
            client.Value.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The client has gone, took too long, or had to make room.
        }
        finally
        {
            lock (_lock)
            {
                client.List?.Remove(client);
            }
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
        return request is { Method: "HEAD" }
            ? Encoding.ASCII.GetBytes(head)
            : [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    [LoggerMessage(LogLevel.Information, "Health and metrics at http://{Address}")]
    private static partial void LogListening(ILogger logger, IPEndPoint address);

    [LoggerMessage(LogLevel.Warning, "No connection was accepted: {Reason}")]
    private static partial void LogNotAccepted(ILogger logger, string reason);
}

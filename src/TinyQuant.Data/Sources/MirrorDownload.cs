using System.Net;

namespace TinyQuant.Data;

/// <summary>Downloads files from the mirrors of a data set and verifies them before anything is written.</summary>
internal sealed class MirrorDownload : IDisposable
{
    private const int Rounds = 2;

    private readonly DataSetOptions _options;
    private readonly IProgress<DataProgress>? _progress;
    private readonly HttpClient _client;

    public MirrorDownload(DataSetOptions options, IProgress<DataProgress>? progress)
    {
        _options = options;
        _progress = progress;
        _client = options.HttpHandler is { } handler
            ? new(handler, disposeHandler: false)
            : new(new SocketsHttpHandler { ConnectTimeout = options.ConnectTimeout });
        // StallTimeout is what counts; a slow but steady mirror may take its time.
        _client.Timeout = Timeout.InfiniteTimeSpan;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Downloads a file from the first mirror that has it right.</summary>
    /// <exception cref="DataSetUnavailableException">None has; the message tells each mirror's reason.</exception>
    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    public async Task<DownloadedFile> FetchAsync(
        KnownDataSet known, KnownFile file, CancellationToken cancellationToken)
    {
        List<Uri> mirrors = [.. known.Mirrors];
        List<string> reasons = [];
        for (int round = 0; round < Rounds && mirrors.Count > 0; round++)
        {
            foreach (Uri mirror in mirrors.ToArray())
            {
                var address = new Uri(mirror, file.CompressedName);
                try
                {
                    return await FetchFromAsync(address, file, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (
                    e is HttpRequestException or IOException or InvalidDataException or TimeoutException)
                {
                    reasons.Add(Describe(address, e));
                    // A mirror that cannot be reached or lacks the file is not asked again: offline, this ends soon.
                    if (e is HttpRequestException { StatusCode: null or < HttpStatusCode.InternalServerError })
                    {
                        mirrors.Remove(mirror);
                    }
                }
            }
        }

        throw new DataSetUnavailableException(string.Join("; ", reasons.Distinct(StringComparer.Ordinal)));
    }

    private async Task<DownloadedFile> FetchFromAsync(Uri address, KnownFile file, CancellationToken cancellationToken)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            byte[] bytes = await ReceiveAsync(address, file, stall).ConfigureAwait(false);
            using var stream = new MemoryStream(bytes);
            var content = IdxContent.Read(stream, file.Kind, address.ToString());
            DataDirectory.Verify(content, file);
            return new(address, bytes, content);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // SocketsHttpHandler tells a connect timeout as a cancellation too, with a TimeoutException inside.
            throw e.InnerException is TimeoutException
                ? new HttpRequestException(HttpRequestError.ConnectionError, "no connection in time", e)
                : new TimeoutException("no answer in time", e);
        }
    }

    private async Task<byte[]> ReceiveAsync(Uri address, KnownFile file, CancellationTokenSource stall)
    {
        stall.CancelAfter(_options.StallTimeout);
        using HttpResponseMessage response = await _client
            .GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using Stream body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);

        // Compressed, a file is hardly longer than plain, whatever the mirror sends.
        int limit = file.Length + 65536;
        using var received = new MemoryStream();
        var buffer = new byte[65536];
        int count;
        do
        {
            stall.CancelAfter(_options.StallTimeout);
            count = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
            received.Write(buffer, 0, count);
            if (received.Length > limit)
            {
                throw new InvalidDataException(Invariant($"{address}: longer than {limit} bytes."));
            }

            _progress?.Report(new($"downloading {address}", received.Length, response.Content.Headers.ContentLength));
        }
        while (count > 0);

        return received.ToArray();
    }

    private static string Describe(Uri address, Exception e)
    {
        string message = e.Message.TrimEnd('.');
        return message.StartsWith(address.ToString(), StringComparison.Ordinal)
            ? message
            : $"{address}: {message}";
    }
}

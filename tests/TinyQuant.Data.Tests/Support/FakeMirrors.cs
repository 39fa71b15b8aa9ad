using System.Net;

namespace TinyQuant.Data.Tests;

/// <summary>Answers requests instead of the network: unreachable unless told otherwise.</summary>
internal sealed class FakeMirrors : HttpMessageHandler
{
    public List<string> Requests { get; } = [];

    public Func<Uri, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, _) =>
        throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host");

    /// <summary>Serves a data set's files, each changed by <paramref name="change"/>.</summary>
    public void Serve(TinySet set, Func<Uri, byte[], byte[]>? change = null) => Answer = (address, _) =>
    {
        byte[] bytes = set.Compressed(Path.GetFileNameWithoutExtension(address.AbsolutePath));
        return Task.FromResult(Ok(change is null ? bytes : change(address, bytes)));
    };

    public static HttpResponseMessage Ok(byte[] bytes) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) };

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request.RequestUri!.ToString());
        return Answer(request.RequestUri, cancellationToken);
    }
}

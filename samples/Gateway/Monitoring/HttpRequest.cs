using System.Text;

namespace Gateway.Monitoring;

/// <summary>The first line of an HTTP/1 request, which is all that matters here.</summary>
/// <param name="Method">As it was sent.</param>
/// <param name="Path">Without the query.</param>
internal sealed record HttpRequest(string Method, string Path)
{
    /// <summary>Bytes of the longest head.</summary>
    public const int MaxHeadBytes = 8_192;

    /// <summary>Reads a request's head to its empty line.</summary>
    /// <returns>The request; null where what came is none, is too long, or ended early.</returns>
    public static async Task<HttpRequest?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        byte[] head = new byte[MaxHeadBytes];
        for (int length = 0; length < head.Length;)
        {
            int read = await stream.ReadAsync(head.AsMemory(length), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            length += read;
            if (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                return Parse(Encoding.ASCII.GetString(head, 0, head.AsSpan().IndexOf("\r\n"u8)));
            }
        }

        return null;
    }

    private static HttpRequest? Parse(string line) =>
        line.Split(' ') is [{ Length: > 0 } method, ['/', ..] target, ['H', 'T', 'T', 'P', '/', '1', ..]]
            ? new HttpRequest(method, target.Split('?')[0])
            : null;
}

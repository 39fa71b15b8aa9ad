using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace Gateway.Broker;

/// <summary>
/// Hands on no more than the start of a packet: the client allocates as many bytes as a packet's head declares, up to
/// 256 MB. In MQTT 3.1.1 it cannot tell its broker how long packets may be, and in MQTT 5 a broker may not heed it. A
/// shortened message still has its topic and identifier, so that it can be acknowledged.
/// </summary>
/// <param name="inner">The connection. One reader at a time; it should read ahead, since heads are read byte by
/// byte.</param>
/// <param name="most">Bytes of a packet, behind its head, that are handed on.</param>
internal sealed class ShorteningChannel(IMqttChannel inner, int most) : IMqttChannel
{
    private const int MostLengthBytes = 4;

    private readonly byte[] _head = new byte[1 + MostLengthBytes];
    private readonly byte[] _rest = new byte[4_096];
    private int _start; // of what was not handed on of the head
    private int _end;
    private int _body; // bytes to hand on
    private int _skipped; // bytes to pass over behind them

    /// <summary>Whether the packet that was begun last is longer than what is handed on of it.</summary>
    public bool IsShortened { get; private set; }

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_start == _end && _body == 0 && !await BeginAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        if (_start < _end)
        {
            int length = Math.Min(count, _end - _start);
            _head.AsSpan(_start, length).CopyTo(buffer.AsSpan(offset));
            _start += length;
            return length;
        }

        int read = await inner.ReadAsync(buffer, offset, Math.Min(count, _body), cancellationToken)
            .ConfigureAwait(false);
        _body -= read;
        return read;
    }

    /// <summary>Passes over the rest of the last packet and reads the head of the next.</summary>
    /// <returns>Whether there is one.</returns>
    private async Task<bool> BeginAsync(CancellationToken cancellation)
    {
        IsShortened = false;
        while (_skipped > 0)
        {
            int read = await inner.ReadAsync(_rest, 0, Math.Min(_skipped, _rest.Length), cancellation)
                .ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            _skipped -= read;
        }

        int length = 0;
        for (int i = 0; i <= MostLengthBytes; i++)
        {
            if (await inner.ReadAsync(_head, i, 1, cancellation).ConfigureAwait(false) == 0)
            {
                return false;
            }

            length |= i == 0 ? 0 : (_head[i] & 0x7F) << (7 * (i - 1));
            if (i > 0 && _head[i] < 0x80)
            {
                Begin(length);
                return true;
            }
        }

        throw new MqttProtocolViolationException("a packet declares its length in more than four bytes");
    }

    private void Begin(int length)
    {
        _body = Math.Min(length, most);
        _skipped = length - _body;
        IsShortened = _skipped > 0;
        (_start, _end) = (0, 1);
        for (int left = _body; _end == 1 || left > 0; left >>= 7)
        {
            _head[_end++] = (byte)((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
        }
    }
}

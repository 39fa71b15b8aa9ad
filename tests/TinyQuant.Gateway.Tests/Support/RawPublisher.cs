using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Support;

/// <summary>
/// Publishes as fast as a socket takes it: packets of MQTT 3.1.1 written by hand into one buffer, so that the load
/// takes little of the processors that are to be watched.
/// </summary>
internal sealed class RawPublisher : IDisposable
{
    private const int FlushBytes = 65_536;

    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly NetworkStream _stream;
    private readonly MemoryStream _pending = new();
    private readonly int _qualityOfService;
    private readonly Task _reader;
    private long _sent;
    private long _acknowledged;

    /// <summary>Connects.</summary>
    /// <param name="port">The broker's, on this machine.</param>
    /// <param name="qualityOfService">0 or 1.</param>
    public RawPublisher(int port, int qualityOfService)
    {
        _qualityOfService = qualityOfService;
        _tcp.Connect(IPAddress.Loopback, port);
        _stream = _tcp.GetStream();
        byte[] name = Encoding.UTF8.GetBytes($"load-{Guid.NewGuid():N}");
        _stream.Write([0x10, (byte)(12 + name.Length), 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, (byte)name.Length, .. name]);
        byte[] answer = new byte[4];
        _stream.ReadExactly(answer);
        if (answer is not [0x20, 2, _, 0])
        {
            throw new InvalidOperationException($"The broker refused the connection: {Convert.ToHexString(answer)}.");
        }

        _reader = Task.Run(ReadAcknowledgementsAsync);
    }

    /// <summary>Messages that were published.</summary>
    public long Sent => _sent;

    /// <summary>Adds a message; it goes out with others.</summary>
    public void Publish(string topic, ReadOnlySpan<byte> payload)
    {
        Span<byte> word = stackalloc byte[2];
        int rest = 2 + topic.Length + (2 * _qualityOfService) + payload.Length;
        _pending.WriteByte((byte)(0x30 | (_qualityOfService << 1)));
        for (; rest >= 0x80; rest >>= 7)
        {
            _pending.WriteByte((byte)(rest | 0x80));
        }

        _pending.WriteByte((byte)rest);
        BinaryPrimitives.WriteUInt16BigEndian(word, (ushort)topic.Length);
        _pending.Write(word);
        _pending.Write(Encoding.ASCII.GetBytes(topic));
        if (_qualityOfService > 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(word, (ushort)(1 + (_sent % 65_535)));
            _pending.Write(word);
        }

        _pending.Write(payload);
        _sent++;
        if (_pending.Length >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Sends what was added.</summary>
    public void Flush()
    {
        _stream.Write(_pending.GetBuffer(), 0, (int)_pending.Length);
        _pending.SetLength(0);
    }

    /// <summary>Sends all and, with quality of service 1, waits until the broker has acknowledged all.</summary>
    public async Task CompleteAsync()
    {
        Flush();
        bool IsAcknowledged() => _qualityOfService == 0 || Interlocked.Read(ref _acknowledged) >= _sent;
        await HangGuard.UntilAsync(
            () => IsAcknowledged() || _reader.IsCompleted, () => $"{_acknowledged} of {_sent} messages acknowledged");
        if (!IsAcknowledged())
        {
            throw new IOException($"The broker acknowledged {_acknowledged} of {_sent} messages.");
        }
    }

    public void Dispose() => _tcp.Dispose();

    private async Task ReadAcknowledgementsAsync()
    {
        byte[] buffer = new byte[FlushBytes];
        try
        {
            for (long bytes = 0; await _stream.ReadAsync(buffer) is > 0 and int read;)
            {
                bytes += read;
                Interlocked.Exchange(ref _acknowledged, bytes / 4); // nothing comes but PUBACKs, of 4 bytes each
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The connection has ended.
        }
    }
}

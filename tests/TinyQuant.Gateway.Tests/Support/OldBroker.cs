using System.Net;
using System.Net.Sockets;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Support;

/// <summary>What an <see cref="OldBroker"/> does with a client of MQTT 5.</summary>
public enum Refusal
{
    /// <summary>Says "unacceptable protocol version" and hangs up, as MQTT 3.1.1 has it.</summary>
    Said,

    /// <summary>Hangs up.</summary>
    HungUp,

    /// <summary>Speaks 5 with it, and heeds nothing that it is told.</summary>
    Rude,
}

/// <summary>
/// As much of a broker of MQTT 3.1.1 as one client that subscribes and publishes needs; a rude one speaks 5.
/// </summary>
internal sealed class OldBroker : IDisposable
{
    private readonly TcpListener _listener;
    private readonly Refusal _refusal;
    private readonly IEnumerable<byte[]> _messages;
    private readonly TaskCompletionSource<byte[]> _published = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts one.</summary>
    /// <param name="refusal">What it does with a client of another version.</param>
    /// <param name="messages">PUBLISH packets, or parts of them, that it sends once there is a subscription; the last
    /// has quality of service 1.</param>
    public OldBroker(Refusal refusal, params IEnumerable<byte[]> messages)
    {
        (_refusal, _messages) = (refusal, messages);
        Port = Mosquitto.FreePort();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>The version in each CONNECT that has come: 5, or 4 for 3.1.1.</summary>
    public List<int> Versions { get; } = [];

    /// <summary>The body of the first PUBLISH of the client.</summary>
    public Task<byte[]> Published => HangGuard.WaitAsync(_published.Task);

    /// <summary>Done when the client has acknowledged the last message.</summary>
    public Task Acknowledged => HangGuard.WaitAsync(_acknowledged.Task);

    /// <summary>A PUBLISH packet.</summary>
    /// <param name="flags">1 for a retained message, 2 for quality of service 1.</param>
    /// <param name="topic">Where it was published.</param>
    /// <param name="payload">What was.</param>
    public static byte[] Message(int flags, string topic, byte[] payload)
    {
        byte[] body = [0, (byte)topic.Length, .. System.Text.Encoding.ASCII.GetBytes(topic),
            .. (flags & 2) == 0 ? Array.Empty<byte>() : [0, 9], .. payload];
        List<byte> packet = [(byte)(0x30 | flags)];
        for (int rest = body.Length; packet.Count == 1 || rest > 0; rest >>= 7)
        {
            packet.Add((byte)((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)));
        }

        return [.. packet, .. body];
    }

    /// <summary>
    /// The longest packet that MQTT knows, 268,435,455 bytes behind its head, in parts: a message of zeros.
    /// </summary>
    /// <param name="flags">As of <see cref="Message"/>.</param>
    /// <param name="topic">Where it was published.</param>
    public static IEnumerable<byte[]> Longest(int flags, string topic)
    {
        byte[] start = [.. Message(flags, topic, []).Skip(2)];
        yield return [(byte)(0x30 | flags), 0xFF, 0xFF, 0xFF, 0x7F, .. start];
        byte[] zeros = new byte[1 << 20];
        for (int left = 268_435_455 - start.Length; left > 0; left -= zeros.Length)
        {
            yield return left < zeros.Length ? zeros[..left] : zeros;
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            while (await ReadAsync(stream) is ({ } type, { } body))
            {
                switch (type >> 4)
                {
                    case 1: // CONNECT: a name of four letters with its length, then the version
                        Versions.Add(body[6]);
                        if (_refusal == Refusal.Rude)
                        {
                            await stream.WriteAsync(new byte[] { 0x20, 3, 0, 0, 0 });
                            break;
                        }

                        if (body[6] != 4)
                        {
                            await stream.WriteAsync(_refusal == Refusal.Said ? [0x20, 2, 0, 1] : Array.Empty<byte>());
                            return;
                        }

                        await stream.WriteAsync(new byte[] { 0x20, 2, 0, 0 });
                        break;
                    case 8: // SUBSCRIBE
                        await stream.WriteAsync(
                            _refusal == Refusal.Rude
                                ? [0x90, 4, body[0], body[1], 0, 1]
                                : new byte[] { 0x90, 3, body[0], body[1], 1 });
                        foreach (byte[] message in _messages)
                        {
                            await stream.WriteAsync(message);
                        }

                        break;
                    case 3: // PUBLISH, with quality of service 1
                        int at = 2 + (body[0] << 8) + body[1];
                        _published.TrySetResult(body);
                        await stream.WriteAsync(new byte[] { 0x40, 2, body[at], body[at + 1] });
                        break;
                    case 4: // PUBACK
                        _acknowledged.TrySetResult();
                        break;
                    case 10: // UNSUBSCRIBE
                        await stream.WriteAsync(
                            _refusal == Refusal.Rude
                                ? [0xB0, 4, body[0], body[1], 0, 0]
                                : new byte[] { 0xB0, 2, body[0], body[1] });
                        break;
                    case 12: // PINGREQ
                        await stream.WriteAsync(new byte[] { 0xD0, 0 });
                        break;
                    case 14: // DISCONNECT
                        return;
                }
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private static async Task<(int? Type, byte[]? Body)> ReadAsync(NetworkStream stream)
    {
        byte[] one = new byte[1];
        if (await stream.ReadAsync(one) == 0)
        {
            return (null, null);
        }

        int type = one[0], length = 0;
        for (int shift = 0; shift == 0 || one[0] >= 0x80; shift += 7)
        {
            await stream.ReadExactlyAsync(one);
            length |= (one[0] & 0x7F) << shift;
        }

        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body);
        return (type, body);
    }
}

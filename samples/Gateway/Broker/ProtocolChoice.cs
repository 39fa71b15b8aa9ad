using MQTTnet;
using MQTTnet.Formatter;

namespace Gateway.Broker;

/// <summary>Which versions of MQTT are spoken.</summary>
internal enum BrokerProtocol
{
    /// <summary>5, and 3.1.1 with a broker that does not speak it.</summary>
    Auto,

    /// <summary>5 alone.</summary>
    V5,

    /// <summary>3.1.1 alone.</summary>
    V311,
}

/// <summary>
/// The version of the next attempt. A broker of 3.1.1 answers a CONNECT of another version with "unacceptable protocol
/// version" and hangs up (MQTT 3.1.1, section 3.1.2.2); many hang up without a word.
/// </summary>
/// <param name="protocol">What is allowed.</param>
internal sealed class ProtocolChoice(BrokerProtocol protocol)
{
    private const int UnacceptableVersion = 1; // 3.1.1's return code, which means nothing in version 5

    private bool _isTold;

    public MqttProtocolVersion Current { get; private set; } = protocol == BrokerProtocol.V311
        ? MqttProtocolVersion.V311
        : MqttProtocolVersion.V500;

    /// <summary>Whether an answer to CONNECT says that the broker does not speak the version.</summary>
    public static bool IsRefusal(MqttClientConnectResultCode code) =>
        (int)code == UnacceptableVersion || code == MqttClientConnectResultCode.UnsupportedProtocolVersion;

    /// <summary>The broker has said that it does not speak the version.</summary>
    /// <returns>Whether there is another one, which it is then asked for from now on.</returns>
    public bool Refused()
    {
        if (protocol != BrokerProtocol.Auto || Current == MqttProtocolVersion.V311)
        {
            return false;
        }

        (Current, _isTold) = (MqttProtocolVersion.V311, true);
        return true;
    }

    /// <summary>
    /// The broker hung up, or was silent, after CONNECT. That may have other reasons, so both versions take turns.
    /// </summary>
    public void Unanswered()
    {
        if (protocol == BrokerProtocol.Auto && !_isTold)
        {
            Current = Current == MqttProtocolVersion.V500 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500;
        }
    }

    /// <summary>A connection was lost: one that came about by a guess begins with version 5 again.</summary>
    public void Lost() => Current = protocol == BrokerProtocol.Auto && !_isTold ? MqttProtocolVersion.V500 : Current;
}

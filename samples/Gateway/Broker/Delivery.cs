namespace Gateway.Broker;

/// <summary>What became of a message.</summary>
internal enum Delivery
{
    /// <summary>The broker has it.</summary>
    Acknowledged,

    /// <summary>The broker does not want it; it would not the next time either.</summary>
    Refused,

    /// <summary>The connection was lost; the broker may have it or not.</summary>
    Interrupted,
}

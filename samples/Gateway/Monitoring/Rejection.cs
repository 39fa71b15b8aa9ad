namespace Gateway.Monitoring;

/// <summary>Why a message is no frame.</summary>
internal enum Rejection
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>The topic has no sensor's name, or one with characters that are not allowed.</summary>
    Topic,

    /// <summary>It is a frame of a new sensor, and there are as many as are allowed for.</summary>
    Sensors,

    /// <summary>The payload is shorter or longer than its header says, or than a header.</summary>
    Length,

    /// <summary>The header has an unknown version, encoding or number of samples, or a scale that is none.</summary>
    Header,

    /// <summary>A sample is no finite number.</summary>
    Sample,
}

namespace Gateway.Frames;

/// <summary>Why a message is no frame.</summary>
internal enum Rejection
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>The topic has no sensor's name, or one with characters that are not allowed.</summary>
    Topic,

    /// <summary>There are more sensors than are allowed for.</summary>
    Sensors,

    /// <summary>The payload is shorter or longer than its header says, or than a header.</summary>
    Length,

    /// <summary>The header has an unknown version, encoding or number of samples, or a scale that is none.</summary>
    Header,

    /// <summary>A sample is no finite number.</summary>
    Sample,
}

namespace TinyQuant.Data;

/// <summary>A data set cannot be had from any of its places; the message tells each with its reason.</summary>
public sealed class DataSetUnavailableException : IOException
{
    /// <summary>Creates the exception.</summary>
    public DataSetUnavailableException(string message)
        : base(message)
    {
    }
}

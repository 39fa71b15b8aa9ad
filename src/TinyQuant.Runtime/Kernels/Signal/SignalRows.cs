using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Signal;

/// <summary>Rows of samples, each a channel of its own.</summary>
internal static class SignalRows
{
    /// <summary>The samples of a row.</summary>
    /// <param name="length">Of all rows.</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="name">What has them.</param>
    /// <exception cref="ArgumentException">There are no such rows.</exception>
    public static int LengthOf(int length, int rows, string name)
    {
        SpanChecks.AtLeast(rows, 1, nameof(rows), name);
        SpanChecks.Equal(length % rows, 0, name, nameof(rows));
        return length / rows;
    }
}

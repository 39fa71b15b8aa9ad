using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Tensors of one value, TensorFlow Lite's FILL and ZEROS_LIKE.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Fill
{
    /// <summary>The value of a tensor of one element; codes are copied as they are.</summary>
    /// <param name="value">One element.</param>
    /// <param name="output">What is filled.</param>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <exception cref="ArgumentException"><paramref name="value"/> has another length.</exception>
    public static void Run<T>(ReadOnlySpan<T> value, Span<T> output)
        where T : unmanaged
    {
        SpanChecks.Equal(value.Length, 1, nameof(value), "kernel");
        output.Fill(value[0]);
    }

    /// <summary>Zeros; of codes it is code 0, whatever it means.</summary>
    /// <param name="output">What is filled.</param>
    /// <typeparam name="T">The type of an element.</typeparam>
    public static void Zeros<T>(Span<T> output)
        where T : unmanaged => output.Clear();
}

using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>The shape that tensors of two shapes are stretched to: TensorFlow Lite's BROADCAST_ARGS.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BroadcastArgs
{
    /// <summary>
    /// Of each dimension, counted from the last, the left one where that is not 1, else the right one; where one shape
    /// has none, the other's. TensorFlow Lite Micro stops the process where two differ and none is 1.
    /// </summary>
    /// <param name="left">A shape.</param>
    /// <param name="right">A shape.</param>
    /// <param name="output">As long as the longer one.</param>
    /// <typeparam name="T">int or long, of which the lower 32 bits count, as in the reference.</typeparam>
    /// <exception cref="ArgumentException">The output is not as long as the longer shape.</exception>
    public static void Run<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> output)
        where T : unmanaged, IBinaryInteger<T>
    {
        SpanChecks.Equal(output.Length, Math.Max(left.Length, right.Length), nameof(output), "shape");
        for (int fromEnd = 1; fromEnd <= output.Length; fromEnd++)
        {
            int a = fromEnd <= left.Length ? int.CreateTruncating(left[^fromEnd]) : 1;
            int b = fromEnd <= right.Length ? int.CreateTruncating(right[^fromEnd]) : 1;
            output[^fromEnd] = T.CreateTruncating(a == 1 ? b : a);
        }
    }
}

using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Signal;

namespace TinyQuant.Kernels;

/// <summary>A signal some samples later: TFLM's SignalDelay.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalDelay
{
    /// <summary>Appends what comes to queues, and takes as much from their heads.</summary>
    /// <remarks><c>signal/micro/kernels/delay.cc</c> of TensorFlow Lite Micro.</remarks>
    /// <param name="input">[rows, n].</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="state">[rows, delay], the oldest first.</param>
    /// <param name="output">As long as <paramref name="input"/>, and another memory.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(ReadOnlySpan<short> input, int rows, Span<short> state, Span<short> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        int length = SignalRows.LengthOf(input.Length, rows, nameof(input));
        int delay = SignalRows.LengthOf(state.Length, rows, nameof(state));
        for (int row = 0; row < rows; row++)
        {
            Row(input.Slice(row * length, length), state.Slice(row * delay, delay), output.Slice(row * length, length));
        }
    }

    private static void Row(ReadOnlySpan<short> input, Span<short> state, Span<short> output)
    {
        int old = Math.Min(state.Length, output.Length);
        state[..old].CopyTo(output);
        input[..^old].CopyTo(output[old..]);
        state[old..].CopyTo(state);
        input[^old..].CopyTo(state[^old..]);
    }
}

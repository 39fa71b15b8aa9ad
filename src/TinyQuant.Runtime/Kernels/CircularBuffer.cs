using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>The last rows of what the runs brought: TFLM's CIRCULAR_BUFFER.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CircularBuffer
{
    /// <summary>Appends a row to the state, from which the oldest goes, and counts the run.</summary>
    /// <remarks><c>CircularBufferEval</c> of TFLM's circular_buffer.cc.</remarks>
    /// <param name="input">[row].</param>
    /// <param name="state">[rows, row], the oldest first.</param>
    /// <param name="runs">[1]: how many runs have ended since one went on.</param>
    /// <param name="cycles">Of how many runs one goes on; 1 or more.</param>
    /// <param name="output">As long as the state, which it becomes if the run goes on; else it stays as it is.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <returns>Whether the run goes on.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static bool Append<T>(
        ReadOnlySpan<T> input, Span<T> state, Span<int> runs, int cycles, Span<T> output)
        where T : unmanaged
    {
        SpanChecks.AtLeast(state.Length, input.Length, nameof(state), nameof(input));
        SpanChecks.Equal(runs.Length, 1, nameof(runs), "count");
        SpanChecks.Equal(output.Length, state.Length, nameof(output), nameof(state));
        state[input.Length..].CopyTo(state);
        input.CopyTo(state[^input.Length..]);
        if (++runs[0] < cycles)
        {
            return false;
        }

        runs[0] = 0;
        state.CopyTo(output);
        return true;
    }
}

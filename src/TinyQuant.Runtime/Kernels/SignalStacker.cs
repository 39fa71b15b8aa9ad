using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Some frames in a row as one: TFLM's SignalStacker.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalStacker
{
    /// <summary>
    /// Appends a frame to a queue; a full one is the output, and loses some. Else the output is zeros.
    /// </summary>
    /// <remarks><c>signal/micro/kernels/stacker.cc</c> of TensorFlow Lite Micro.</remarks>
    /// <param name="input">[n].</param>
    /// <param name="leftContext">How often the first frame stands for one before it; less than the frames.</param>
    /// <param name="step">How many frames a full queue loses; 1 to all.</param>
    /// <param name="state">[frames, n], the oldest first.</param>
    /// <param name="count">[1]: how many frames are in the queue; −1 before the first one.</param>
    /// <param name="output">[frames, n].</param>
    /// <param name="valid">[1]: whether the queue was full.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<short> input, int leftContext, int step, Span<short> state, Span<int> count, Span<short> output,
        Span<bool> valid)
    {
        SpanChecks.AtLeast(input.Length, 1, nameof(input), nameof(state));
        SpanChecks.Equal(output.Length, state.Length, nameof(output), nameof(state));
        SpanChecks.Equal(state.Length % input.Length, 0, nameof(state), nameof(input));
        SpanChecks.Equal(count.Length, 1, nameof(count), nameof(state));
        SpanChecks.Equal(valid.Length, 1, nameof(valid), nameof(output));
        int frames = state.Length / input.Length;
        SpanChecks.AtLeast(frames, Math.Max(step, 1), nameof(state), nameof(step));
        SpanChecks.AtLeast(frames, Math.Max(leftContext, 0) + 1L, nameof(state), nameof(leftContext));
        SpanChecks.AtLeast(step, 1, nameof(step), nameof(state));

        int queued = Math.Clamp(count[0], -1, frames - 1);
        int times = queued < 0 ? leftContext + 1 : 1;
        queued = Math.Max(queued, 0);
        for (int i = 0; i < times; i++, queued++)
        {
            input.CopyTo(state[(queued * input.Length)..]);
        }

        valid[0] = queued == frames;
        if (valid[0])
        {
            state.CopyTo(output);
            queued -= step;
            state[(step * input.Length)..].CopyTo(state);
        }
        else
        {
            output.Clear();
        }

        count[0] = queued;
    }
}

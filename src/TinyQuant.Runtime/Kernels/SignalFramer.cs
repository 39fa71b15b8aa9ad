using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Signal;

namespace TinyQuant.Kernels;

/// <summary>A signal to frames that overlap: TFLM's SignalFramer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalFramer
{
    /// <summary>
    /// Appends what comes to queues, a step at a time, and takes a frame after each; a frame for which too little has
    /// come is zeros.
    /// </summary>
    /// <remarks><c>signal/micro/kernels/framer.cc</c> of TensorFlow Lite Micro.</remarks>
    /// <param name="input">[rows, frames · step], where the step is at most the size of a frame.</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="frames">Of a row; 1 or more.</param>
    /// <param name="state">[rows, size]: the queues, the oldest sample first.</param>
    /// <param name="count">[1]: how many samples are in each queue, less than the size.</param>
    /// <param name="output">[rows, frames, size].</param>
    /// <param name="valid">[1]: whether all frames are full.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<short> input, int rows, int frames, Span<short> state, Span<int> count, Span<short> output,
        Span<bool> valid)
    {
        SpanChecks.AtLeast(frames, 1, nameof(frames), nameof(output));
        int length = SignalRows.LengthOf(input.Length, rows, nameof(input));
        int step = SignalRows.LengthOf(length, frames, nameof(input));
        int size = SignalRows.LengthOf(state.Length, rows, nameof(state));
        SpanChecks.AtLeast(size, Math.Max(step, 1), nameof(state), "step");
        SpanChecks.Equal(output.Length, SpanChecks.Product(rows, frames, size), nameof(output), nameof(state));
        SpanChecks.Equal(count.Length, 1, nameof(count), nameof(state));
        SpanChecks.Equal(valid.Length, 1, nameof(valid), nameof(output));

        int queued = 0;
        valid[0] = true;
        for (int row = 0; row < rows; row++)
        {
            Span<short> queue = state.Slice(row * size, size);
            queued = Math.Clamp(count[0], 0, size - 1);
            for (int frame = 0; frame < frames; frame++)
            {
                ReadOnlySpan<short> samples = input.Slice((row * length) + (frame * step), step);
                Span<short> target = output.Slice(((row * frames) + frame) * size, size);
                if (queued + step < size)
                {
                    samples.CopyTo(queue[queued..]);
                    queued += step;
                    target.Clear();
                    valid[0] = false;
                }
                else
                {
                    Take(samples, queue, queued, target);
                }
            }
        }

        count[0] = queued;
    }

    /// <summary>A frame of what is queued and what comes; what then is queued is as much, a step later.</summary>
    private static void Take(ReadOnlySpan<short> samples, Span<short> queue, int queued, Span<short> frame)
    {
        queue[..queued].CopyTo(frame);
        samples[..(frame.Length - queued)].CopyTo(frame[queued..]);
        int kept = Math.Max(queued - samples.Length, 0);
        queue.Slice(queued - kept, kept).CopyTo(queue);
        samples[^(queued - kept)..].CopyTo(queue[kept..]);
    }
}

using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Sums of a spectrum by weights, for bands that overlap: TFLM's SignalFilterBank.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalFilterBank
{
    /// <summary>A band is its rising side and the falling one, which is the rising side of the next band.</summary>
    /// <remarks><c>signal/src/filter_bank.cc</c> of TensorFlow Lite Micro. Sums wrap around.</remarks>
    /// <param name="input">The spectrum.</param>
    /// <param name="weights">Of rising sides.</param>
    /// <param name="unweights">Of falling sides.</param>
    /// <param name="starts">[channels + 1]: where each side begins in the spectrum.</param>
    /// <param name="weightStarts">[channels + 1]: where each side begins in the weights.</param>
    /// <param name="widths">[channels + 1]: the elements of each side.</param>
    /// <param name="output">[channels].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<uint> input, ReadOnlySpan<short> weights, ReadOnlySpan<short> unweights,
        ReadOnlySpan<short> starts, ReadOnlySpan<short> weightStarts, ReadOnlySpan<short> widths, Span<ulong> output)
    {
        long sides = output.Length + 1L;
        SpanChecks.Equal(starts.Length, sides, nameof(starts), nameof(output));
        SpanChecks.Equal(weightStarts.Length, sides, nameof(weightStarts), nameof(output));
        SpanChecks.Equal(widths.Length, sides, nameof(widths), nameof(output));
        ulong rising = 0;
        for (int side = 0; side < widths.Length; side++)
        {
            int width = widths[side];
            ReadOnlySpan<uint> x = input.Slice(starts[side], width);
            ReadOnlySpan<short> up = weights.Slice(weightStarts[side], width);
            ReadOnlySpan<short> down = unweights.Slice(weightStarts[side], width);
            ulong next = 0;
            for (int i = 0; i < width; i++)
            {
                rising = unchecked(rising + ((ulong)up[i] * x[i]));
                next = unchecked(next + ((ulong)down[i] * x[i]));
            }

            if (side > 0)
            {
                output[side - 1] = rising; // before the first band there is a falling side alone
            }

            rising = next;
        }
    }
}

using System.ComponentModel;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// Copies elements into another order: TensorFlow Lite's TRANSPOSE, SLICE, STRIDED_SLICE and, with a value around them,
/// PAD.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StridedCopy
{
    /// <summary>Copies a view of the input to the output, one after another.</summary>
    /// <param name="input">Any elements.</param>
    /// <param name="view">Those that are taken.</param>
    /// <param name="output">As many as the view has; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The view does not lie inside of the input, or does not have the output's
    /// length.</exception>
    public static void Gather<T>(ReadOnlySpan<T> input, scoped in StridedView view, Span<T> output)
        where T : unmanaged
    {
        view.Check(input.Length, output.Length);
        int run = view.Run;
        int stride = view.RunStride;
        StridedWalk walk = new(view.Runs);
        for (int to = 0; to < output.Length; to += run)
        {
            Span<T> row = output.Slice(to, run);
            if (stride == 1)
            {
                input.Slice(walk.At, run).CopyTo(row);
            }
            else
            {
                int from = walk.At;
                for (int i = 0; i < row.Length; i++, from += stride)
                {
                    row[i] = input[from];
                }
            }

            walk.Next();
        }
    }

    /// <summary>Fills the output, then copies the input to a view of it.</summary>
    /// <param name="input">As many elements as the view has.</param>
    /// <param name="value">What the output has around them.</param>
    /// <param name="view">Where they lie in the output.</param>
    /// <param name="output">Any length that the view lies in; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The view does not lie inside of the output, or does not have the input's
    /// length.</exception>
    public static void Pad<T>(ReadOnlySpan<T> input, T value, scoped in StridedView view, Span<T> output)
        where T : unmanaged
    {
        view.Check(output.Length, input.Length);
        output.Fill(value);
        Scatter(input, view, output);
    }

    /// <summary>Copies the input to a view of the output, whose other elements stay.</summary>
    /// <param name="input">As many elements as the view has.</param>
    /// <param name="view">Where they lie in the output; checked.</param>
    /// <param name="output">Apart from the input.</param>
    internal static void Scatter<T>(ReadOnlySpan<T> input, scoped in StridedView view, Span<T> output)
        where T : unmanaged
    {
        int run = view.Run;
        int stride = view.RunStride;
        StridedWalk walk = new(view.Runs);
        for (int from = 0; from < input.Length; from += run)
        {
            ReadOnlySpan<T> row = input.Slice(from, run);
            if (stride == 1)
            {
                row.CopyTo(output[walk.At..]);
            }
            else
            {
                int to = walk.At;
                for (int i = 0; i < row.Length; i++, to += stride)
                {
                    output[to] = row[i];
                }
            }

            walk.Next();
        }
    }
}

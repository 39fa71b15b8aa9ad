using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Movement;

namespace TinyQuant.Kernels;

/// <summary>Elements with their own mirror images around them: TensorFlow Lite's MIRROR_PAD.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MirrorPad
{
    /// <summary>Copies the input and, around it in each dimension, its elements in reverse.</summary>
    /// <remarks><c>GetInputDimension</c> of TensorFlow Lite Micro's mirror_pad.cc.</remarks>
    /// <param name="input">[sizes..].</param>
    /// <param name="sizes">1 to 8 dimensions, each 1 or more.</param>
    /// <param name="paddings">For each dimension, how many elements come before the input's and how many after
    /// them: none more than the size less <paramref name="offset"/>.</param>
    /// <param name="offset">0 where the element at the border is mirrored too, 1 where it is not.</param>
    /// <param name="output">[sizes and paddings..]; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit the sizes and paddings.</exception>
    public static void Run<T>(
        ReadOnlySpan<T> input, ReadOnlySpan<int> sizes, ReadOnlySpan<int> paddings, int offset, Span<T> output)
        where T : unmanaged
    {
        Check(input.Length, sizes, paddings, offset, output.Length);

        // What lies in inner dimensions without padding moves as one piece.
        int last = sizes.Length - 1;
        int piece = 1;
        for (; last > 0 && paddings[2 * last] == 0 && paddings[(2 * last) + 1] == 0; last--)
        {
            piece *= sizes[last];
        }

        (int size, int left, int right) = (sizes[last], paddings[2 * last], paddings[(2 * last) + 1]);
        ref T source = ref MemoryMarshal.GetReference(input);
        Indexes indexes = default;
        for (int to = 0; to < output.Length; to += (left + size + right) * piece)
        {
            int row = 0;
            for (int d = 0; d < last; d++)
            {
                row = (row * sizes[d]) + Mirrored(indexes[d], sizes[d], paddings[2 * d], offset);
            }

            int from = row * size * piece;
            ref T target = ref output[to];
            Pieces.Copy(
                ref source, from + ((left - 1 + offset) * piece), -piece, ref target, 0, piece, left, piece);
            input.Slice(from, size * piece).CopyTo(output[(to + (left * piece))..]);
            Pieces.Copy(
                ref source, from + ((size - 1 - offset) * piece), -piece, ref target, (left + size) * piece, piece,
                right, piece);
            for (int d = last - 1; d >= 0; d--)
            {
                if (++indexes[d] < paddings[2 * d] + sizes[d] + paddings[(2 * d) + 1])
                {
                    break;
                }

                indexes[d] = 0;
            }
        }
    }

    /// <summary>The index of the input that an index of the output shows.</summary>
    private static int Mirrored(int index, int size, int left, int offset)
    {
        int at = index - left;
        return at < 0 ? offset - 1 - at : at < size ? at : (2 * size) - 1 - offset - at;
    }

    private static void Check(
        int input, ReadOnlySpan<int> sizes, ReadOnlySpan<int> paddings, int offset, int output)
    {
        SpanChecks.AtLeast(sizes.Length, 1, "sizes", "tensor");
        SpanChecks.AtLeast(StridedView.MaxRank, sizes.Length, "tensor", "sizes");
        SpanChecks.Equal(paddings.Length, 2 * sizes.Length, "paddings", "sizes");
        long inner = 1;
        long padded = 1;
        for (int d = 0; d < sizes.Length; d++)
        {
            int most = sizes[d] - offset;
            (int left, int right) = (paddings[2 * d], paddings[(2 * d) + 1]);
            if (sizes[d] < 1 || offset is < 0 or > 1 || left < 0 || left > most || right < 0 || right > most)
            {
                SpanChecks.Throw(sizes[d], Math.Max(left, right) + (long)offset, "dimension", "padding");
            }

            inner = Math.Min(inner * sizes[d], SpanChecks.TooMany);
            padded = Math.Min(padded * ((long)sizes[d] + left + right), SpanChecks.TooMany);
        }

        SpanChecks.Equal(input, inner, nameof(input), "sizes");
        SpanChecks.Equal(output, padded, nameof(output), "paddings");
    }

    [InlineArray(StridedView.MaxRank)]
    private struct Indexes
    {
        private int _first;
    }
}

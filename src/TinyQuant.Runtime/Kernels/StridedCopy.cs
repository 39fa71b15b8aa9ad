using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Movement;

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
        (int run, int stride) = (view.Run, view.RunStride);
        StridedView runs = view.Runs;
        (int count, int step) = runs.Sizes.IsEmpty ? (1, 1) : (runs.Run, runs.RunStride);
        ref T source = ref MemoryMarshal.GetReference(input);
        StridedWalk walk = new(runs.Sizes.IsEmpty ? runs : runs.Runs);
        for (int to = 0; to < output.Length; to += count * run)
        {
            ref T target = ref output[to];
            if (stride == 1)
            {
                Pieces.Copy(ref source, walk.At, step, ref target, 0, run, count, run);
            }
            else if (step == 1 && count > 1)
            {
                Transposition.Run(ref Unsafe.Add(ref source, walk.At), stride, ref target, run, count, run);
            }
            else
            {
                Strided(input, walk.At, step, stride, ref target, count, run);
            }

            walk.Next();
        }
    }

    /// <summary>Runs of elements that lie apart.</summary>
    private static void Strided<T>(
        ReadOnlySpan<T> input, int at, int step, int stride, ref T target, int count, int run)
        where T : unmanaged
    {
        ref T source = ref MemoryMarshal.GetReference(input);
        for (int r = 0; r < count; r++, at += step)
        {
            if (stride == 2)
            {
                Seconds.Take(ref Unsafe.Add(ref source, at), input.Length - at, ref target, run);
            }
            else
            {
                nint from = at;
                for (int i = 0; i < run; i++, from += stride)
                {
                    Unsafe.Add(ref target, i) = Unsafe.Add(ref source, from);
                }
            }

            target = ref Unsafe.Add(ref target, run);
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
    /// <param name="view">Where they lie in the output; checked, against the length of the input too.</param>
    /// <param name="output">Apart from the input.</param>
    internal static void Scatter<T>(ReadOnlySpan<T> input, scoped in StridedView view, Span<T> output)
        where T : unmanaged
    {
        (int run, int stride) = (view.Run, view.RunStride);
        StridedView runs = view.Runs;
        (int count, int step) = runs.Sizes.IsEmpty ? (1, 1) : (runs.Run, runs.RunStride);
        ref T source = ref MemoryMarshal.GetReference(input);
        ref T target = ref MemoryMarshal.GetReference(output);
        StridedWalk walk = new(runs.Sizes.IsEmpty ? runs : runs.Runs);
        for (int from = 0; from < input.Length; from += count * run)
        {
            if (stride == 1)
            {
                Pieces.Copy(ref source, from, run, ref target, walk.At, step, count, run);
            }
            else
            {
                ref T element = ref Unsafe.Add(ref source, from);
                for (int r = 0; r < count; r++)
                {
                    nint to = walk.At + ((nint)r * step);
                    for (int i = 0; i < run; i++, to += stride)
                    {
                        Unsafe.Add(ref target, to) = element;
                        element = ref Unsafe.Add(ref element, 1);
                    }
                }
            }

            walk.Next();
        }
    }
}

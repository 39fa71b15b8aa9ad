using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Movement;

namespace TinyQuant.Kernels;

/// <summary>TensorFlow Lite's BROADCAST_TO where single elements are repeated; else it is a view.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BroadcastTo
{
    /// <summary>Writes each element of a view as often as its innermost dimension is long.</summary>
    /// <param name="input">Any elements.</param>
    /// <param name="view">Those that are taken; of the innermost dimension, the first.</param>
    /// <param name="output">As many as the view has; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The view does not lie inside of the input, or does not have the output's
    /// length.</exception>
    public static void Run<T>(ReadOnlySpan<T> input, scoped in StridedView view, Span<T> output)
        where T : unmanaged
    {
        view.Check(input.Length, output.Length);
        StridedView runs = view.Runs;
        (int count, int step) = runs.Sizes.IsEmpty ? (1, 0) : (runs.Run, runs.RunStride);
        StridedWalk walk = new(runs.Sizes.IsEmpty ? runs : runs.Runs);
        int length = count * view.Run;
        for (int to = 0; to < output.Length; to += length)
        {
            Repeats.Fill(ref Unsafe.AsRef(in input[walk.At]), step, view.Run, output.Slice(to, length));
            walk.Next();
        }
    }
}

using System.ComponentModel;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// TensorFlow Lite's REVERSE_V2 where the innermost dimension runs backwards; else it is a view of longer runs.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ReverseV2
{
    /// <summary>Copies a view whose innermost dimension goes back element by element.</summary>
    /// <param name="input">Any elements.</param>
    /// <param name="view">Those that are taken.</param>
    /// <param name="output">As many as the view has; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The view does not lie inside of the input, or does not have the output's
    /// length.</exception>
    public static void Run<T>(ReadOnlySpan<T> input, scoped in StridedView view, Span<T> output)
        where T : unmanaged
    {
        view.Check(input.Length, output.Length);
        int run = view.Run;
        StridedWalk walk = new(view.Runs);
        for (int to = 0; to < output.Length; to += run)
        {
            Span<T> row = output.Slice(to, run);
            input.Slice(walk.At - run + 1, run).CopyTo(row);
            row.Reverse();
            walk.Next();
        }
    }
}

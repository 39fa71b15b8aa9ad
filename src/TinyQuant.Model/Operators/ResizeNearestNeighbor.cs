using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's RESIZE_NEAREST_NEIGHBOR: an image [batches, height, width, channels] in the output's height and
/// width, each pixel a copy of the one it lies nearest to.
/// </summary>
public sealed class ResizeNearestNeighbor : Movement
{
    private static readonly OperatorAttribute<bool> s_alignCorners = AttributesOf<ResizeNearestNeighbor>.Flag(
        "align_corners", o => o.AlignCorners);

    private static readonly OperatorAttribute<bool> s_halfPixelCenters = AttributesOf<ResizeNearestNeighbor>.Flag(
        "half_pixel_centers", o => o.HalfPixelCenters);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1,
        p => new ResizeNearestNeighbor(p.Input, p.Output, p.Get(s_alignCorners), p.Get(s_halfPixelCenters), p.Line),
        s_alignCorners, s_halfPixelCenters);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="output">As many batches and channels.</param>
    /// <param name="alignCorners">Whether the centers of the corner pixels stay where they are.</param>
    /// <param name="halfPixelCenters">Whether a pixel's center lies half a pixel from its edges.</param>
    /// <param name="line">The line of the model file.</param>
    public ResizeNearestNeighbor(
        Tensor input, Tensor output, bool alignCorners = false, bool halfPixelCenters = false, int line = -1)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        AlignCorners = alignCorners;
        HalfPixelCenters = halfPixelCenters;
    }

    /// <summary>Whether the centers of the corner pixels stay where they are.</summary>
    public bool AlignCorners { get; }

    /// <summary>Whether a pixel's center lies half a pixel from its edges.</summary>
    public bool HalfPixelCenters { get; }

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        string[] ranks = [.. Checks.Rank(Input, 4), .. Checks.Rank(Output, 4)];
        return ranks.Length > 0
            ? ranks
            : Checks.Shape(Output, Input.Shape[0], Output.Shape[1], Output.Shape[2], Input.Shape[3]);
    }
}

using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's RESIZE_BILINEAR: an image [batches, height, width, channels] in the output's height and width,
/// each pixel mixed of the four that it lies between. float32, or int8 of one scale and zero point.
/// </summary>
public sealed class ResizeBilinear : Operator
{
    /// <summary>Steps from one row or column of the input to the next, in int8.</summary>
    internal const int Steps = 1 << 10;

    private const int MaxSize = 1 << 20;

    private static readonly OperatorAttribute<bool> s_alignCorners = AttributesOf<ResizeBilinear>.Flag(
        "align_corners", o => o.AlignCorners);

    private static readonly OperatorAttribute<bool> s_halfPixelCenters = AttributesOf<ResizeBilinear>.Flag(
        "half_pixel_centers", o => o.HalfPixelCenters);

    private static readonly OperatorAttribute<bool> s_legacy =
        AttributesOf<ResizeBilinear>.Flag("legacy", o => o.IsLegacy);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new ResizeBilinear(
            p.Input, p.Output, p.Get(s_alignCorners), p.Get(s_halfPixelCenters), p.Line, p.Get(s_legacy)),
        s_alignCorners, s_halfPixelCenters, s_legacy);

    /// <summary>Creates the operator.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="output">As many batches and channels.</param>
    /// <param name="alignCorners">Whether the centers of the corner pixels stay where they are.</param>
    /// <param name="halfPixelCenters">Whether a pixel's center lies half a pixel from its edges; not with
    /// <paramref name="alignCorners"/>.</param>
    /// <param name="line">The line of the model file.</param>
    /// <param name="isLegacy">Whether it computes as the uint8 kernel of TensorFlow 1 did.</param>
    public ResizeBilinear(
        Tensor input, Tensor output, bool alignCorners = false, bool halfPixelCenters = false, int line = -1,
        bool isLegacy = false)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
        AlignCorners = alignCorners;
        HalfPixelCenters = halfPixelCenters;
        IsLegacy = isLegacy;
    }

    /// <summary>Whether the centers of the corner pixels stay where they are.</summary>
    public bool AlignCorners { get; }

    /// <summary>Whether a pixel's center lies half a pixel from its edges.</summary>
    public bool HalfPixelCenters { get; }

    /// <summary>
    /// Whether it computes as the uint8 kernel of TensorFlow 1 did, all codes less 128: in float32, the sum of bytes
    /// plus a half cut off.
    /// </summary>
    public bool IsLegacy { get; }

    /// <summary>Whether places in the image are integers, of <see cref="Steps"/>, and not float32.</summary>
    internal bool HasIntegerPlaces => Input.Type == TensorType.Int8 && !IsLegacy;

    /// <summary>The image.</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The image in another size.</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors = [.. Checks.SameType([TensorType.Float32, TensorType.Int8], Input, Output),
            .. Checks.Rank(Input, 4), .. Checks.Rank(Output, 4)];
        if (errors.Count > 0)
        {
            return errors;
        }

        errors = [.. Checks.Quantized(Input, Output), .. Checks.SameQuantization(Input, Output),
            .. Checks.Shape(Output, Input.Shape[0], Output.Shape[1], Output.Shape[2], Input.Shape[3])];
        if (AlignCorners && HalfPixelCenters)
        {
            errors.Add("align_corners and half_pixel_centers exclude each other");
        }

        return errors.Concat(Checks.LegacyErrors(IsLegacy, Input)).Concat(SizeErrors(1)).Concat(SizeErrors(2));
    }

    /// <summary>
    /// In int8, the place of a row (1) or column (2) of the output in the input, in <see cref="Steps"/>.
    /// </summary>
    internal long Place(int dimension, int index)
    {
        long step = Step(Input.Shape[dimension], Output.Shape[dimension]);
        return (index * step) + (HalfPixelCenters ? (step / 2) - (Steps / 2) : 0);
    }

    private long Step(long from, long to)
    {
        (long parts, long whole) = AlignCorners && to > 1 ? (to - 1, from - 1) : (to, from);
        return ((Steps * whole) + (parts / 2)) / parts;
    }

    private IEnumerable<string> SizeErrors(int dimension)
    {
        (int from, int to) = (Input.Shape[dimension], Output.Shape[dimension]);
        if (Math.Min(from, to) < 1 || Math.Max(from, to) > MaxSize)
        {
            yield return $"'{Input.Name}' {Input.ShapeText} or '{Output.Name}' {Output.ShapeText} is too large; "
                + $"expected at most {MaxSize} rows and columns";
        }
        else if (HasIntegerPlaces && Place(dimension, to - 1) / Steps >= from)
        {
            yield return Invariant($"{from} rows or columns of '{Input.Name}' become {to}, so many that a step ")
                + Invariant($"rounded to 1/{Steps} leads beyond the last one, in TensorFlow Lite too");
        }
    }
}

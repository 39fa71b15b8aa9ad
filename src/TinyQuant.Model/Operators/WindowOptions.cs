using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>How a window slides over an image, and what is applied to what it gives.</summary>
/// <param name="StrideHeight">Rows from one window to the next.</param>
/// <param name="StrideWidth">Columns from one window to the next.</param>
/// <param name="DilationHeight">Rows from one tap to the next.</param>
/// <param name="DilationWidth">Columns from one tap to the next.</param>
/// <param name="Padding">Where windows lie at the borders.</param>
/// <param name="Activation">Applied to the output.</param>
public sealed record WindowOptions(
    int StrideHeight = 1, int StrideWidth = 1, int DilationHeight = 1, int DilationWidth = 1, Padding Padding = Padding.Valid,
    Activation Activation = Activation.None)
{
    private const int MaxStep = 1 << 16;

    internal static WindowOptions Read(OperatorAttributes attributes, bool hasDilation = true)
    {
        ImmutableArray<int> ones = ImmutableArray.Create(1, 1);
        ImmutableArray<int> stride = attributes.Integers("stride", ones, 2, 1, MaxStep);
        ImmutableArray<int> dilation = hasDilation ? attributes.Integers("dilation", ones, 2, 1, MaxStep) : ones;
        return new WindowOptions(stride[0], stride[1], dilation[0], dilation[1], attributes.Padding(), attributes.Activation());
    }

    /// <summary>What differs from the defaults, as it stands in a model file.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Attributes
    {
        get
        {
            if ((StrideHeight, StrideWidth) != (1, 1))
            {
                yield return AttributeText.Of("stride", [StrideHeight, StrideWidth]);
            }
            if ((DilationHeight, DilationWidth) != (1, 1))
            {
                yield return AttributeText.Of("dilation", [DilationHeight, DilationWidth]);
            }
            if (Padding != Padding.Valid)
            {
                yield return new("padding", Padding.ToName());
            }
            if (Activation != Activation.None)
            {
                yield return new("activation", Activation.ToName());
            }
        }
    }

    /// <summary>The positions of a window along the image's height and width; less than 1 where it does not fit.</summary>
    internal (long Height, long Width) OutputSize(int height, int width, (int Height, int Width) filter) => (
        Padding.OutputSize(height, filter.Height, StrideHeight, DilationHeight),
        Padding.OutputSize(width, filter.Width, StrideWidth, DilationWidth));

    /// <summary>A window far larger than any image would leave the range of an int.</summary>
    internal IEnumerable<string> ExtentErrors((int Height, int Width) filter)
    {
        const int limit = 1 << 24;
        if (Math.Max((long)filter.Height * DilationHeight, (long)filter.Width * DilationWidth) > limit)
        {
            yield return Invariant($"a window of {filter.Height} x {filter.Width} with dilation {DilationHeight} x {DilationWidth} is too large; expected at most {limit} rows and columns");
        }
    }

    /// <summary>Rows above the image and columns left of it that the first window covers.</summary>
    internal (int Top, int Left) Before(int height, int width, (int Height, int Width) filter) => (
        Padding.Before(height, filter.Height, StrideHeight, DilationHeight),
        Padding.Before(width, filter.Width, StrideWidth, DilationWidth));
}

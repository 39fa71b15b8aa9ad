using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>How a window slides over an image, and what is applied to what it gives.</summary>
/// <param name="StrideHeight">Rows from one window to the next.</param>
/// <param name="StrideWidth">Columns from one window to the next.</param>
/// <param name="DilationHeight">Rows from one tap to the next.</param>
/// <param name="DilationWidth">Columns from one tap to the next.</param>
/// <param name="Padding">Where windows lie at the borders.</param>
/// <param name="Activation">Applied to the output.</param>
public sealed record WindowOptions(
    int StrideHeight = 1, int StrideWidth = 1, int DilationHeight = 1, int DilationWidth = 1,
    Padding Padding = Padding.Valid,
    Activation Activation = Activation.None)
{
    private const int MaxStep = 1 << 16;

    /// <summary>
    /// The attribute of an operator that has a window: stride, perhaps dilation, padding and activation.
    /// </summary>
    internal static OperatorAttribute<WindowOptions> Attribute<TOwner>(
        Func<TOwner, WindowOptions> get, bool hasDilation = true)
        where TOwner : class
    {
        string values = ValueErrors.IntegersOf(1, MaxStep);
        AttributeWord[] steps = [new("stride", values, "1,1"), new("dilation", values, "1,1")];
        return new OperatorAttribute<WindowOptions>(
            o => get((TOwner)o), words => Read(words, hasDilation), o => o.StepError, o => o.Text,
            [.. steps.Take(hasDilation ? 2 : 1), AttributeReader.PaddingWord, AttributeReader.ActivationWord]);
    }

    private static WindowOptions Read(AttributeReader words, bool hasDilation)
    {
        ImmutableArray<int> ones = ImmutableArray.Create(1, 1);
        ImmutableArray<int> stride = words.Integers("stride", ones, 2, 1, MaxStep);
        ImmutableArray<int> dilation = hasDilation ? words.Integers("dilation", ones, 2, 1, MaxStep) : ones;
        return new WindowOptions(stride[0], stride[1], dilation[0], dilation[1], words.Padding(), words.Activation());
    }

    private string? StepError =>
        ValueErrors.Integers("stride", [StrideHeight, StrideWidth], 2, 1, MaxStep)
        ?? ValueErrors.Integers("dilation", [DilationHeight, DilationWidth], 2, 1, MaxStep);

    /// <summary>What differs from the defaults, as it stands in a model file.</summary>
    private IEnumerable<KeyValuePair<string, string>> Text =>
    [
        .. (StrideHeight, StrideWidth) == (1, 1)
            ? []
            : new[] { AttributeText.Of("stride", [StrideHeight, StrideWidth]) },
        .. (DilationHeight, DilationWidth) == (1, 1)
            ? []
            : new[] { AttributeText.Of("dilation", [DilationHeight, DilationWidth]) },
        .. AttributeText.Of(Padding),
        .. AttributeText.Of(Activation),
    ];

    /// <summary>
    /// The positions of a window along the image's height and width; less than 1 where it does not fit.
    /// </summary>
    internal (long Height, long Width) OutputSize(int height, int width, (int Height, int Width) filter) => (
        Padding.OutputSize(height, filter.Height, StrideHeight, DilationHeight),
        Padding.OutputSize(width, filter.Width, StrideWidth, DilationWidth));

    /// <summary>A window far larger than any image would leave the range of an int.</summary>
    internal IEnumerable<string> ExtentErrors((int Height, int Width) filter)
    {
        const int limit = 1 << 24;
        if (Math.Max((long)filter.Height * DilationHeight, (long)filter.Width * DilationWidth) > limit)
        {
            yield return Invariant($"a window of {filter.Height} x {filter.Width} with dilation {DilationHeight} ")
                + Invariant($"x {DilationWidth} is too large; expected at most {limit} rows and columns");
        }
    }

    /// <summary>Rows above the image and columns left of it that the first window covers.</summary>
    internal (int Top, int Left) Before(int height, int width, (int Height, int Width) filter) => (
        Padding.Before(height, filter.Height, StrideHeight, DilationHeight),
        Padding.Before(width, filter.Width, StrideWidth, DilationWidth));
}

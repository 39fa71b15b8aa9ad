using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// A window that slides over images: sizes of input and output, NHWC, and of the window. Element [n, y, x, c] of an
/// image lies at ((n · height + y) · width + x) · channels + c.
/// </summary>
/// <remarks>
/// Sizes are checked when one is made, in 64 bits: no place that a kernel comes to leaves 32 bits. Only the default of
/// the type is not made, and <see cref="Check"/> refuses it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WindowGeometry
{
    /// <summary>Checks the sizes against each other.</summary>
    /// <param name="batches">Images; 1 or more, as every size here.</param>
    /// <param name="inputHeight">Rows of the input.</param>
    /// <param name="inputWidth">Columns of the input.</param>
    /// <param name="inputChannels">Channels of the input.</param>
    /// <param name="outputHeight">Rows of the output.</param>
    /// <param name="outputWidth">Columns of the output.</param>
    /// <param name="outputChannels">Channels of the output.</param>
    /// <param name="filterHeight">Rows of the window.</param>
    /// <param name="filterWidth">Columns of the window.</param>
    /// <param name="strideHeight">Rows from one window to the next.</param>
    /// <param name="strideWidth">Columns from one window to the next.</param>
    /// <param name="dilationHeight">Rows from one tap of the window to the next.</param>
    /// <param name="dilationWidth">Columns from one tap to the next.</param>
    /// <param name="paddingTop">Rows of the first window that lie above the input; 0 or more.</param>
    /// <param name="paddingLeft">Columns of the first window that lie left of it; 0 or more.</param>
    /// <exception cref="ArgumentException">A size is not positive, or windows reach too far.</exception>
    public WindowGeometry(
        int batches, int inputHeight, int inputWidth, int inputChannels,
        int outputHeight, int outputWidth, int outputChannels,
        int filterHeight, int filterWidth, int strideHeight = 1, int strideWidth = 1,
        int dilationHeight = 1, int dilationWidth = 1, int paddingTop = 0, int paddingLeft = 0)
    {
        (Batches, InputHeight, InputWidth, InputChannels) = (batches, inputHeight, inputWidth, inputChannels);
        (OutputHeight, OutputWidth, OutputChannels) = (outputHeight, outputWidth, outputChannels);
        (FilterHeight, FilterWidth) = (filterHeight, filterWidth);
        (StrideHeight, StrideWidth) = (strideHeight, strideWidth);
        (DilationHeight, DilationWidth) = (dilationHeight, dilationWidth);
        (PaddingTop, PaddingLeft) = (paddingTop, paddingLeft);
        CheckSizes();
    }

    internal int Batches { get; private init; }
    internal int InputHeight { get; private init; }
    internal int InputWidth { get; private init; }
    internal int InputChannels { get; private init; }
    internal int OutputHeight { get; private init; }
    internal int OutputWidth { get; private init; }
    internal int OutputChannels { get; private init; }
    internal int FilterHeight { get; }
    internal int FilterWidth { get; }
    internal int StrideHeight { get; }
    internal int StrideWidth { get; }
    internal int DilationHeight { get; }
    internal int DilationWidth { get; }
    internal int PaddingTop { get; }
    internal int PaddingLeft { get; }

    /// <summary>Elements of a row of the input.</summary>
    internal int InputRow => InputWidth * InputChannels;

    /// <summary>Elements of a row of the output.</summary>
    internal int OutputRow => OutputWidth * OutputChannels;

    /// <summary>Elements of one window over all channels.</summary>
    internal int PatchLength => FilterHeight * FilterWidth * InputChannels;

    /// <summary>Whether there is one window, of one element, over one element.</summary>
    internal bool IsSingle => Batches == 1 && Rows.IsSingle && Columns.IsSingle;

    /// <summary>Its rows.</summary>
    internal WindowAxis Rows => new(InputHeight, OutputHeight, FilterHeight, StrideHeight, DilationHeight, PaddingTop);

    /// <summary>Its columns.</summary>
    internal WindowAxis Columns => new(InputWidth, OutputWidth, FilterWidth, StrideWidth, DilationWidth, PaddingLeft);

    /// <summary>
    /// The same windows as one row of one image, where each is a single element and none is skipped; else itself.
    /// </summary>
    internal WindowGeometry AsOneRow()
    {
        int positions = Batches * OutputHeight * OutputWidth;
        return Rows.IsElementwise && Columns.IsElementwise
            ? this with
            {
                Batches = 1,
                InputHeight = 1,
                InputWidth = positions,
                OutputHeight = 1,
                OutputWidth = positions,
            }
            : this;
    }

    /// <summary>The same windows over an input whose channels are counted in bytes.</summary>
    /// <exception cref="ArgumentException">These are more than a span can have.</exception>
    internal WindowGeometry InBytes(int elementBytes)
    {
        int channels = SpanChecks.Fit((long)InputChannels * elementBytes, "bytes of a pixel");
        WindowGeometry g = this with { InputChannels = channels };
        g.CheckSizes();
        return g;
    }

    /// <summary>The same windows with fewer outputs, at least one.</summary>
    internal WindowGeometry WithOutputs(int outputs) => this with { OutputChannels = outputs };

    /// <summary>The window's first row, above the input where negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int FirstRow(int outputRow) => (outputRow * StrideHeight) - PaddingTop;

    /// <summary>The window's first column, left of the input where negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int FirstColumn(int outputColumn) => (outputColumn * StrideWidth) - PaddingLeft;

    /// <summary>Checks that it was made, and the spans against its sizes.</summary>
    /// <exception cref="ArgumentException">It is the default of its type, or a span has another length.</exception>
    internal void Check(int input, int output)
    {
        CheckMade();
        SpanChecks.Equal(input, Batches * InputHeight * InputRow, nameof(input), "geometry");
        SpanChecks.Equal(output, Batches * OutputHeight * OutputRow, nameof(output), "geometry");
    }

    /// <summary>Checks that it was made, and is not the default of its type.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    internal void CheckMade()
    {
        if (Batches == 0)
        {
            throw new ArgumentException("The window's geometry is the default of its type, which has no sizes.");
        }
    }

    private void CheckSizes()
    {
        if (Math.Min(Math.Min(Math.Min(Batches, InputHeight), Math.Min(InputWidth, InputChannels)),
            Math.Min(Math.Min(OutputHeight, OutputWidth), OutputChannels)) < 1
            || Math.Min(Math.Min(FilterHeight, FilterWidth), Math.Min(StrideHeight, StrideWidth)) < 1
            || Math.Min(DilationHeight, DilationWidth) < 1 || Math.Min(PaddingTop, PaddingLeft) < 0)
        {
            throw new ArgumentException("A size of the window's geometry is less than 1, or a padding negative.");
        }

        long inputs = SpanChecks.Product(Batches, InputHeight, InputWidth, InputChannels);
        long outputs = SpanChecks.Product(Batches, OutputHeight, OutputWidth, OutputChannels);
        long rows = Reach(InputHeight, OutputHeight, FilterHeight, StrideHeight, DilationHeight, PaddingTop);
        long columns = Reach(InputWidth, OutputWidth, FilterWidth, StrideWidth, DilationWidth, PaddingLeft);
        long window = SpanChecks.Product(FilterHeight, FilterWidth, InputChannels);
        if (Math.Max(Math.Max(inputs, outputs), Math.Max(Math.Max(rows, columns), window)) >= SpanChecks.TooMany)
        {
            throw new ArgumentException("The window, or where it comes to, is larger than any image.");
        }
    }

    /// <summary>
    /// The most elements of a dimension: from the first window's first tap to the last one's last, or what is before
    /// the input and it.
    /// </summary>
    private static long Reach(int input, int output, int filter, int stride, int dilation, int padding) =>
        Math.Max(((output - 1L) * stride) + ((filter - 1L) * dilation) + 1, (long)input + padding);
}

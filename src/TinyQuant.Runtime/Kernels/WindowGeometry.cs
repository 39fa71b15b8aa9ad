using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels;

/// <summary>
/// A window that slides over images: sizes of input and output, NHWC, and of the window. Element [n, y, x, c] of an image
/// lies at ((n · height + y) · width + x) · channels + c.
/// </summary>
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
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WindowGeometry(
    int batches, int inputHeight, int inputWidth, int inputChannels, int outputHeight, int outputWidth, int outputChannels,
    int filterHeight, int filterWidth, int strideHeight = 1, int strideWidth = 1, int dilationHeight = 1, int dilationWidth = 1,
    int paddingTop = 0, int paddingLeft = 0)
{
    private const long TooMany = 1L << 31; // one more than a span can have

    internal int Batches { get; } = batches;
    internal int InputHeight { get; } = inputHeight;
    internal int InputWidth { get; } = inputWidth;
    internal int InputChannels { get; } = inputChannels;
    internal int OutputHeight { get; } = outputHeight;
    internal int OutputWidth { get; } = outputWidth;
    internal int OutputChannels { get; } = outputChannels;
    internal int FilterHeight { get; } = filterHeight;
    internal int FilterWidth { get; } = filterWidth;
    internal int StrideHeight { get; } = strideHeight;
    internal int StrideWidth { get; } = strideWidth;
    internal int DilationHeight { get; } = dilationHeight;
    internal int DilationWidth { get; } = dilationWidth;
    internal int PaddingTop { get; } = paddingTop;
    internal int PaddingLeft { get; } = paddingLeft;

    /// <summary>Elements of a row of the input.</summary>
    internal int InputRow => InputWidth * InputChannels;

    /// <summary>Elements of a row of the output.</summary>
    internal int OutputRow => OutputWidth * OutputChannels;

    /// <summary>Elements of one window over all channels.</summary>
    internal int PatchLength => FilterHeight * FilterWidth * InputChannels;

    /// <summary>Whether there is one window, of one element, over one element.</summary>
    internal bool IsSingle => Batches == 1 && InputHeight == 1 && InputWidth == 1 && OutputHeight == 1 && OutputWidth == 1
        && FilterHeight == 1 && FilterWidth == 1 && PaddingTop == 0 && PaddingLeft == 0;

    /// <summary>The same windows as one row of one image, where each is a single element and none is skipped; else itself.</summary>
    internal WindowGeometry AsOneRow()
    {
        bool isPointwise = FilterHeight == 1 && FilterWidth == 1 && StrideHeight == 1 && StrideWidth == 1
            && InputHeight == OutputHeight && InputWidth == OutputWidth && PaddingTop == 0 && PaddingLeft == 0;
        int positions = Batches * OutputHeight * OutputWidth;
        return isPointwise ? new(1, 1, positions, InputChannels, 1, positions, OutputChannels, 1, 1) : this;
    }

    /// <summary>The same windows over an input whose channels are counted in bytes.</summary>
    internal WindowGeometry InBytes(int elementBytes) => new(
        Batches, InputHeight, InputWidth, checked(InputChannels * elementBytes), OutputHeight, OutputWidth, OutputChannels,
        FilterHeight, FilterWidth, StrideHeight, StrideWidth, DilationHeight, DilationWidth, PaddingTop, PaddingLeft);

    /// <summary>The window's first row, above the input where negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int FirstRow(int outputRow) => (outputRow * StrideHeight) - PaddingTop;

    /// <summary>The window's first column, left of the input where negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int FirstColumn(int outputColumn) => (outputColumn * StrideWidth) - PaddingLeft;

    /// <summary>Checks the sizes, and the spans against them.</summary>
    /// <exception cref="ArgumentException">A size is not positive, a span has another length, or the window is too large.</exception>
    internal void Check(int input, int output)
    {
        if (Math.Min(Math.Min(Math.Min(Batches, InputHeight), Math.Min(InputWidth, InputChannels)),
            Math.Min(Math.Min(OutputHeight, OutputWidth), OutputChannels)) < 1
            || Math.Min(Math.Min(FilterHeight, FilterWidth), Math.Min(StrideHeight, StrideWidth)) < 1
            || Math.Min(DilationHeight, DilationWidth) < 1 || Math.Min(PaddingTop, PaddingLeft) < 0)
        {
            throw new ArgumentException("A size of the window's geometry is less than 1, or a padding negative.");
        }

        CheckLength(input, Elements(Batches, InputHeight, InputWidth, InputChannels), nameof(input));
        CheckLength(output, Elements(Batches, OutputHeight, OutputWidth, OutputChannels), nameof(output));
        long extent = Math.Max((FilterHeight - 1L) * DilationHeight, (FilterWidth - 1L) * DilationWidth);
        if (Math.Max(Elements(FilterHeight, FilterWidth, InputChannels, 1), extent) >= TooMany)
        {
            throw new ArgumentException("The window is larger than any image.");
        }
    }

    private static long Elements(int a, int b, int c, int d) =>
        Math.Min(Math.Min(Math.Min((long)a * b, TooMany) * c, TooMany) * d, TooMany);

    private static void CheckLength(int actual, long needed, string name)
    {
        if (actual != needed)
        {
            Lengths.Throw(actual, needed, name, "geometry");
        }
    }
}

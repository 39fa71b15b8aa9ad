using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// Where a convolution has the inputs of neighbouring windows: in the input itself, or in scratch, padded. Scratch
/// holds the rows under a strip of windows, each copied once for all windows that it lies in.
/// </summary>
/// <remarks>Part of the generator too, which plans the scratch that the kernels ask for.</remarks>
internal readonly struct ConvolutionStrips
{
    /// <summary>What a segment may be longer by than its row of the window.</summary>
    public const int Slack = 4;

    private const int MostPositions = 6;

    /// <summary>A taller window is copied whole: pointers to its rows would fill the stack.</summary>
    private const int MostSegments = 64;

    /// <summary>What scratch should not exceed: a strip is as wide as fits, but at least a tile.</summary>
    private const int MostScratch = 4096;

    /// <param name="rows">The rows of the window.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="pixelBytes">Bytes of all channels of a pixel.</param>
    /// <param name="outputs">Output channels.</param>
    public ConvolutionStrips(in WindowAxis rows, in WindowAxis columns, int pixelBytes, int outputs)
    {
        long window = rows.Filter * PackedLayout.Padded((long)columns.Filter * pixelBytes);
        Source = SourceOf(rows, columns, pixelBytes, window);
        SegmentCount = Source == InputSource.Patches ? 1 : rows.Filter;
        switch (Source)
        {
            case InputSource.Input:
                Strip = columns.Output;
                ScratchLength = outputs % 8 == 0 ? 0 : window;
                break;
            case InputSource.Rows:
                Strip = WidestStrip(rows.Filter, columns, pixelBytes);
                Pitch = PitchOf(columns, pixelBytes, Strip);
                ScratchLength = rows.Filter * Pitch;
                break;
            default:
                Strip = MostPositions;
                ScratchLength = MostPositions * window;
                break;
        }
    }

    public InputSource Source { get; }

    /// <summary>The windows of a row whose inputs can be had at a time.</summary>
    public int Strip { get; }

    /// <summary>The segments of a window.</summary>
    public int SegmentCount { get; }

    /// <summary>Bytes from one row in scratch to the next; 0 where no rows are there.</summary>
    public long Pitch { get; }

    /// <summary>Bytes of scratch: none where every window may be read where it lies.</summary>
    public long ScratchLength { get; }

    private static InputSource SourceOf(in WindowAxis rows, in WindowAxis columns, int pixelBytes, long window)
    {
        if (columns.IsSpread || rows.IsSpread || rows.Filter > MostSegments)
        {
            return InputSource.Patches;
        }

        // Else the last segment, or the last tile, would be read past the input's end.
        bool isWhole = (long)columns.Filter * pixelBytes % PackedLayout.StepInputs == 0
            && columns.Output >= MostPositions;
        return isWhole && rows.IsInside && columns.IsInside ? InputSource.Input
            : IsSparse(rows.Filter, columns, pixelBytes, window) ? InputSource.Patches
            : InputSource.Rows;
    }

    /// <summary>
    /// Whether the rows under one tile take much scratch, and more than its windows do: with a large stride most of
    /// what lies between them is in none.
    /// </summary>
    private static bool IsSparse(int height, in WindowAxis columns, int pixelBytes, long window)
    {
        long rows = height * PitchOf(columns, pixelBytes, MostPositions);
        return rows > MostScratch && rows > MostPositions * window;
    }

    private static int WidestStrip(int height, in WindowAxis columns, int pixelBytes)
    {
        int fit = MostPositions;
        while (fit < columns.Output)
        {
            int more = Math.Min(fit + MostPositions, columns.Output);
            if (height * PitchOf(columns, pixelBytes, more) > MostScratch)
            {
                break;
            }

            fit = more;
        }

        return fit;
    }

    // The bytes of the columns under a strip.
    private static long PitchOf(in WindowAxis columns, int pixelBytes, int strip) =>
        ((((strip - 1L) * columns.Stride) + columns.Filter) * pixelBytes) + Slack;
}

using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// Where the inputs of neighbouring windows lie, a segment for each row of the window: in the input itself, or in scratch,
/// padded. Scratch holds the rows under a strip of windows, each copied once for all windows that it lies in.
/// </summary>
internal unsafe struct ConvolutionInputs
{
    private const int MostPositions = 6;

    /// <summary>A taller window is copied whole: pointers to its rows would fill the stack.</summary>
    private const int MostSegments = 64;

    /// <summary>What scratch should not exceed: a strip is as wide as fits, but at least a tile.</summary>
    private const int MostScratch = 4096;

    /// <summary>What a segment may be longer by than its row of the window.</summary>
    private const int Slack = 4;

    private readonly WindowGeometry _geometry;
    private readonly sbyte _zeroPoint;
    private readonly sbyte* _scratch;
    private readonly Source _source;
    private readonly int _pitch;
    private readonly byte** _segments;
    private readonly int _segmentLength;
    private PaddedInput _image;
    private int _firstPosition;
    private int _nextRow;

    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> bytes, pinned.</param>
    /// <param name="zeroPoint">What lies outside of the input.</param>
    /// <param name="segments">Room for <see cref="SegmentCount"/> pointers.</param>
    public ConvolutionInputs(in WindowGeometry geometry, sbyte* scratch, sbyte zeroPoint, byte** segments)
    {
        _geometry = geometry;
        _zeroPoint = zeroPoint;
        _scratch = scratch;
        _segments = segments;
        _source = SourceOf(geometry);
        Strip = StripOf(geometry, _source);
        _pitch = _source == Source.Rows ? Pitch(geometry, Strip) : 0;
        int row = PaddedInput.SegmentLength(geometry);
        _segmentLength = _source == Source.Patches ? geometry.FilterHeight * row : row;
    }

    private enum Source
    {
        /// <summary>The input: every window lies inside.</summary>
        Input,

        /// <summary>Padded rows.</summary>
        Rows,

        /// <summary>Whole windows, whose taps do not lie side by side, or which lie far from each other.</summary>
        Patches,
    }

    /// <summary>The windows of a row whose inputs can be had at a time.</summary>
    public int Strip { get; }

    /// <summary>The segments of a window.</summary>
    public static int SegmentCount(in WindowGeometry g) => SourceOf(g) == Source.Patches ? 1 : g.FilterHeight;

    /// <summary>Bytes of scratch: none where every window may be read where it lies.</summary>
    /// <exception cref="ArgumentException">They are more than a span can have.</exception>
    public static int ScratchLength(in WindowGeometry g)
    {
        Source source = SourceOf(g);
        long window = (long)g.FilterHeight * PaddedInput.SegmentLength(g);
        return SpanChecks.Fit(source switch
        {
            Source.Input => g.OutputChannels % 8 == 0 ? 0 : window,
            Source.Rows => g.FilterHeight * LongPitch(g, StripOf(g, source)),
            _ => MostPositions * window,
        }, "patch");
    }

    /// <summary>Sets what is the same for all tiles.</summary>
    public readonly void Describe(TileArgs* tile)
    {
        tile->Segments = _segments;
        tile->SegmentCount = SegmentCount(_geometry);
        tile->SegmentLength = _segmentLength;
        tile->Step = _source == Source.Patches ? _segmentLength : _geometry.StrideWidth * _geometry.InputChannels;
    }

    /// <summary>Goes to a strip of an image, above its first row.</summary>
    /// <param name="image">The image, pinned.</param>
    /// <param name="position">The output column of the strip's first window.</param>
    public void Start(sbyte* image, int position)
    {
        _image = new(_geometry, image, _zeroPoint);
        _firstPosition = position;
        _nextRow = _geometry.FirstRow(0);
    }

    /// <summary>Goes to a row of the output, none of those before: segments point to the strip's first window then.</summary>
    public void MoveTo(int outputRow)
    {
        switch (_source)
        {
            case Source.Input:
                Point(outputRow);
                break;
            case Source.Rows:
                CopyRows(outputRow);
                break;
            default:
                CopyWindows(outputRow);
                break;
        }
    }

    private static Source SourceOf(in WindowGeometry g)
    {
        if ((g.DilationWidth != 1 && g.FilterWidth > 1) || (g.DilationHeight != 1 && g.FilterHeight > 1) || g.FilterHeight > MostSegments)
        {
            return Source.Patches;
        }

        int right = ((g.OutputWidth - 1) * g.StrideWidth) - g.PaddingLeft + g.FilterWidth;
        int bottom = ((g.OutputHeight - 1) * g.StrideHeight) - g.PaddingTop + g.FilterHeight;
        bool isInside = g.PaddingLeft == 0 && g.PaddingTop == 0 && right <= g.InputWidth && bottom <= g.InputHeight;

        // Else the last segment, or the last tile, would be read past the input's end.
        bool isWhole = g.FilterWidth * g.InputChannels % 4 == 0 && g.OutputWidth >= MostPositions;
        return isInside && isWhole ? Source.Input : IsSparse(g) ? Source.Patches : Source.Rows;
    }

    /// <summary>
    /// Whether the rows under one tile take much scratch, and more than its windows do: with a large stride most of what
    /// lies between them is in none.
    /// </summary>
    private static bool IsSparse(in WindowGeometry g)
    {
        long rows = g.FilterHeight * LongPitch(g, MostPositions);
        return rows > MostScratch && rows > (long)MostPositions * g.FilterHeight * PaddedInput.SegmentLength(g);
    }

    private static int StripOf(in WindowGeometry g, Source source)
    {
        if (source == Source.Input)
        {
            return g.OutputWidth;
        }

        int fit = MostPositions;
        while (source == Source.Rows && fit < g.OutputWidth)
        {
            int more = Math.Min(fit + MostPositions, g.OutputWidth);
            if (g.FilterHeight * LongPitch(g, more) > MostScratch)
            {
                break;
            }

            fit = more;
        }

        return fit;
    }

    // The bytes of the columns under a strip.
    private static int Pitch(in WindowGeometry g, int strip) => SpanChecks.Fit(LongPitch(g, strip), "row of the patch");

    private static long LongPitch(in WindowGeometry g, int strip) =>
        ((((strip - 1L) * g.StrideWidth) + g.FilterWidth) * g.InputChannels) + Slack;

    private readonly void Point(int outputRow)
    {
        int top = _geometry.FirstRow(outputRow);
        for (int row = 0; row < _geometry.FilterHeight; row++)
        {
            _segments[row] = (byte*)_image.Pointer(top + row, _geometry.FirstColumn(_firstPosition));
        }
    }

    private void CopyRows(int outputRow)
    {
        int height = _geometry.FilterHeight;
        int top = _geometry.FirstRow(outputRow);
        int left = _geometry.FirstColumn(_firstPosition);
        int columns = (_pitch - Slack) / _geometry.InputChannels;
        int slot = (top + _geometry.PaddingTop) % height;
        for (int row = 0; row < height; row++, slot = slot + 1 == height ? 0 : slot + 1)
        {
            sbyte* copy = _scratch + ((nint)slot * _pitch);
            _segments[row] = (byte*)copy;
            if (top + row >= _nextRow)
            {
                _image.CopyRow(top + row, left, columns, copy);
            }
        }

        _nextRow = top + height;
    }

    private readonly void CopyWindows(int outputRow)
    {
        _segments[0] = (byte*)_scratch;
        int count = Math.Min(Strip, _geometry.OutputWidth - _firstPosition);
        for (int position = 0; position < count; position++)
        {
            _image.CopyWindow(outputRow, _firstPosition + position, _scratch + ((nint)position * _segmentLength));
        }
    }
}

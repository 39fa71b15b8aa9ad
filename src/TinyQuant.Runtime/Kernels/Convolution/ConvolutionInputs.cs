using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Convolution;

/// <summary>Goes along the output and has the inputs of its windows, a segment for each row of the window.</summary>
internal unsafe struct ConvolutionInputs
{
    private readonly WindowGeometry _geometry;
    private readonly sbyte _zeroPoint;
    private readonly sbyte* _scratch;
    private readonly InputSource _source;
    private readonly int _pitch;
    private readonly byte** _segments;
    private readonly int _segmentLength;
    private readonly int _segmentCount;
    private PaddedInput _image;
    private int _firstPosition;
    private int _nextRow;

    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="strips">Where the inputs lie.</param>
    /// <param name="scratch">The bytes of scratch that these take, pinned.</param>
    /// <param name="zeroPoint">What lies outside of the input.</param>
    /// <param name="segments">Room for a pointer for each segment.</param>
    public ConvolutionInputs(
        in WindowGeometry geometry, in ConvolutionStrips strips, sbyte* scratch, sbyte zeroPoint, byte** segments)
    {
        _geometry = geometry;
        _zeroPoint = zeroPoint;
        _scratch = scratch;
        _segments = segments;
        _segmentCount = strips.SegmentCount;
        _source = strips.Source;
        Strip = strips.Strip;
        _pitch = SpanChecks.Fit(strips.Pitch, "row of the patch");
        int row = PaddedInput.SegmentLength(geometry);
        _segmentLength = _source == InputSource.Patches ? geometry.FilterHeight * row : row;
    }

    /// <summary>The windows of a row whose inputs can be had at a time.</summary>
    public int Strip { get; }

    /// <summary>Bytes of scratch: none where every window may be read where it lies.</summary>
    /// <exception cref="ArgumentException">They are more than a span can have.</exception>
    public static int ScratchLength(in WindowGeometry g) => SpanChecks.Fit(StripsOf(g).ScratchLength, "patch");

    /// <summary>Where the inputs of windows lie.</summary>
    public static ConvolutionStrips StripsOf(in WindowGeometry g) =>
        new(g.Rows, g.Columns, g.InputChannels, g.OutputChannels);

    /// <summary>Sets what is the same for all tiles.</summary>
    public readonly void Describe(TileArgs* tile)
    {
        tile->Segments = _segments;
        tile->SegmentCount = _segmentCount;
        tile->SegmentLength = _segmentLength;
        tile->Step = _source == InputSource.Patches ? _segmentLength : _geometry.StrideWidth * _geometry.InputChannels;
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

    /// <summary>
    /// Goes to a row of the output, none of those before: segments point to the strip's first window then.
    /// </summary>
    public void MoveTo(int outputRow)
    {
        switch (_source)
        {
            case InputSource.Input:
                Point(outputRow);
                break;
            case InputSource.Rows:
                CopyRows(outputRow);
                break;
            default:
                CopyWindows(outputRow);
                break;
        }
    }

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
        int columns = (_pitch - ConvolutionStrips.Slack) / _geometry.InputChannels;
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

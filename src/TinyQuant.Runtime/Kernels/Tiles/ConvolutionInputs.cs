namespace TinyQuant.Kernels.Tiles;

/// <summary>
/// Where the inputs of neighbouring windows lie, a segment for each row of the window: in the input itself, or in scratch,
/// copied and padded, where some of them lie outside.
/// </summary>
internal unsafe ref struct ConvolutionInputs
{
    private const int MostPositions = 6;

    /// <summary>A taller window is copied whole: pointers to its rows would fill the stack.</summary>
    private const int MostSegments = 64;

    /// <summary>What a segment may be longer by than its row of the window.</summary>
    private const int Slack = 4;

    private readonly WindowGeometry _geometry;
    private readonly sbyte* _input;
    private readonly sbyte* _end;
    private readonly sbyte* _scratch;
    private readonly sbyte* _outside;
    private readonly sbyte _zeroPoint;
    private readonly int _pitch;
    private readonly byte** _segments;
    private sbyte* _image;
    private int _top;

    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="input">The input, pinned.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> bytes, pinned.</param>
    /// <param name="zeroPoint">What lies outside of the input.</param>
    /// <param name="segments">Room for <see cref="SegmentCount"/> pointers.</param>
    public ConvolutionInputs(in WindowGeometry geometry, sbyte* input, sbyte* scratch, sbyte zeroPoint, byte** segments)
    {
        _geometry = geometry;
        _input = input;
        _end = input + ((nint)geometry.Batches * geometry.InputHeight * geometry.InputRow);
        _scratch = scratch;
        _zeroPoint = zeroPoint;
        _segments = segments;
        _pitch = Pitch(geometry);
        if (!NeedsPatches(geometry) && ScratchLength(geometry) != 0)
        {
            _outside = scratch + (geometry.FilterHeight * _pitch);
            Bytes.Fill(_outside, zeroPoint, _pitch);
        }
    }

    /// <summary>The most segments a tile of these windows has.</summary>
    public static int SegmentCount(in WindowGeometry g) => NeedsPatches(g) ? 1 : g.FilterHeight;

    /// <summary>Bytes of a row of the window, padded to 4.</summary>
    public static int SegmentLength(in WindowGeometry g) => ((g.FilterWidth * g.InputChannels) + 3) & ~3;

    /// <summary>Bytes of scratch: none where every window lies inside and may be read where it lies.</summary>
    public static int ScratchLength(in WindowGeometry g)
    {
        if (NeedsPatches(g))
        {
            return checked(MostPositions * g.FilterHeight * SegmentLength(g));
        }

        int right = ((g.OutputWidth - 1) * g.StrideWidth) - g.PaddingLeft + g.FilterWidth;
        int bottom = ((g.OutputHeight - 1) * g.StrideHeight) - g.PaddingTop + ((g.FilterHeight - 1) * g.DilationHeight) + 1;
        bool isInside = g.PaddingLeft == 0 && g.PaddingTop == 0 && right <= g.InputWidth && bottom <= g.InputHeight;
        bool isWhole = g.FilterWidth * g.InputChannels % 4 == 0 && g.OutputWidth >= MostPositions && g.OutputChannels % 8 == 0;
        return isInside && isWhole ? 0 : checked((g.FilterHeight + 1) * Pitch(g));
    }

    /// <summary>Goes to a row of the output.</summary>
    public void MoveTo(int batch, int outputRow)
    {
        _image = _input + ((nint)batch * _geometry.InputHeight * _geometry.InputRow);
        _top = _geometry.FirstRow(outputRow);
    }

    /// <summary>The inputs of some windows side by side.</summary>
    /// <param name="column">The output column of the first.</param>
    /// <param name="count">How many of them there are; a tile of <paramref name="positions"/> may read more.</param>
    /// <param name="positions">At most 6.</param>
    /// <param name="tile">Gets segments and steps.</param>
    public readonly void Load(int column, int count, int positions, TileArgs* tile)
    {
        int left = _geometry.FirstColumn(column);
        if (NeedsPatches(_geometry))
        {
            LoadPatches(left, count, tile);
            return;
        }

        int columns = ((positions - 1) * _geometry.StrideWidth) + _geometry.FilterWidth;
        tile->Segments = _segments;
        tile->SegmentCount = _geometry.FilterHeight;
        tile->SegmentLength = SegmentLength(_geometry);
        tile->Step = _geometry.StrideWidth * _geometry.InputChannels;
        if (count == positions && left >= 0 && left + columns <= _geometry.InputWidth && TryPoint(left, tile, positions))
        {
            return;
        }

        for (int row = 0; row < _geometry.FilterHeight; row++)
        {
            sbyte* segment = _scratch + (row * _pitch);
            Copy(_top + (row * _geometry.DilationHeight), left, columns, segment);
            _segments[row] = (byte*)segment;
        }
    }

    /// <summary>One window, its rows one after another, each padded to 4: what a matrix-vector product takes.</summary>
    public readonly void LoadPatch(int column, sbyte* patch) => LoadPatch(_geometry.FirstColumn(column), 0, patch);

    // Taps that do not lie side by side are no segments.
    private static bool NeedsPatches(in WindowGeometry g) =>
        (g.DilationWidth != 1 && g.FilterWidth > 1) || g.FilterHeight > MostSegments;

    private static int Pitch(in WindowGeometry g) =>
        checked(((((MostPositions - 1) * g.StrideWidth) + g.FilterWidth) * g.InputChannels) + Slack);

    // Segments in the input, unless the last of them would be read past its end.
    private readonly bool TryPoint(int left, TileArgs* tile, int positions)
    {
        nint last = ((positions - 1) * tile->Step) + tile->SegmentLength;
        for (int row = 0; row < _geometry.FilterHeight; row++)
        {
            int index = _top + (row * _geometry.DilationHeight);
            sbyte* segment = (uint)index < (uint)_geometry.InputHeight
                ? _image + ((nint)index * _geometry.InputRow) + (left * _geometry.InputChannels)
                : _outside;
            if (segment != _outside && segment + last > _end)
            {
                return false;
            }

            _segments[row] = (byte*)segment;
        }

        return true;
    }

    private readonly void LoadPatches(int left, int count, TileArgs* tile)
    {
        int length = _geometry.FilterHeight * SegmentLength(_geometry);
        for (int position = 0; position < count; position++)
        {
            LoadPatch(left, position, _scratch + (position * length));
        }

        _segments[0] = (byte*)_scratch;
        tile->Segments = _segments;
        tile->SegmentCount = 1;
        tile->SegmentLength = length;
        tile->Step = length;
    }

    private readonly void LoadPatch(int left, int position, sbyte* patch)
    {
        int length = SegmentLength(_geometry);
        for (int row = 0; row < _geometry.FilterHeight; row++)
        {
            int index = _top + (row * _geometry.DilationHeight);
            for (int tap = 0; tap < _geometry.FilterWidth; tap++)
            {
                int column = left + (position * _geometry.StrideWidth) + (tap * _geometry.DilationWidth);
                Copy(index, column, 1, patch + (row * length) + (tap * _geometry.InputChannels));
            }

            Bytes.Fill(patch + (row * length) + (_geometry.FilterWidth * _geometry.InputChannels), 0,
                length - (_geometry.FilterWidth * _geometry.InputChannels));
        }
    }

    /// <summary>Columns of a row of the input, with the zero point where they lie outside.</summary>
    private readonly void Copy(int row, int left, int columns, sbyte* target)
    {
        int channels = _geometry.InputChannels;
        int first = Math.Clamp(-left, 0, columns);
        int last = (uint)row < (uint)_geometry.InputHeight ? Math.Clamp(_geometry.InputWidth - left, first, columns) : first;
        Bytes.Fill(target, _zeroPoint, first * channels);
        Bytes.Copy(_image + ((nint)row * _geometry.InputRow) + ((nint)(left + first) * channels), target + (first * channels), (last - first) * channels);
        Bytes.Fill(target + (last * channels), _zeroPoint, (columns - last) * channels);
    }
}

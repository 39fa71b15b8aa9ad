using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Convolution;

/// <summary>An image that goes on outside of its edges: the zero point lies there.</summary>
internal readonly unsafe struct PaddedInput
{
    private readonly WindowGeometry _geometry;
    private readonly sbyte* _image;
    private readonly sbyte _zeroPoint;

    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="image">One image, pinned.</param>
    /// <param name="zeroPoint">What lies outside of it.</param>
    public PaddedInput(in WindowGeometry geometry, sbyte* image, sbyte zeroPoint)
    {
        _geometry = geometry;
        _image = image;
        _zeroPoint = zeroPoint;
    }

    /// <summary>Bytes of a row of the window, padded to 4: what packed weights are padded to.</summary>
    /// <exception cref="ArgumentException">They are more than a span can have.</exception>
    public static int SegmentLength(in WindowGeometry g) =>
        SpanChecks.Fit(PackedLayout.Padded((long)g.FilterWidth * g.InputChannels), "row of the window");

    /// <summary>Copies columns of a row; both may lie outside.</summary>
    public void CopyRow(int row, int left, int columns, sbyte* target)
    {
        int channels = _geometry.InputChannels;
        int first = Math.Clamp(-left, 0, columns);
        int last = (uint)row < (uint)_geometry.InputHeight
            ? Math.Clamp(_geometry.InputWidth - left, first, columns)
            : first;
        Bytes.Fill(target, _zeroPoint, first * channels);
        Bytes.Copy(Pointer(row, left + first), target + (first * channels), (last - first) * channels);
        Bytes.Fill(target + (last * channels), _zeroPoint, (columns - last) * channels);
    }

    /// <summary>Copies a window, its rows one after another, each padded to 4.</summary>
    public void CopyWindow(int outputRow, int outputColumn, sbyte* target)
    {
        int row = _geometry.FirstRow(outputRow);
        int length = _geometry.FilterWidth * _geometry.InputChannels;
        int segment = SegmentLength(_geometry);
        for (int y = 0; y < _geometry.FilterHeight; y++, row += _geometry.DilationHeight, target += segment)
        {
            int column = _geometry.FirstColumn(outputColumn);
            int together = _geometry.DilationWidth == 1 ? _geometry.FilterWidth : 1;
            for (int x = 0; x < _geometry.FilterWidth; x += together, column += _geometry.DilationWidth)
            {
                CopyRow(row, column, together, target + (x * _geometry.InputChannels));
            }

            Bytes.Fill(target + length, 0, segment - length);
        }
    }

    /// <summary>Where a pixel of the image lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public sbyte* Pointer(int row, int column) =>
        _image + ((nint)row * _geometry.InputRow) + ((nint)column * _geometry.InputChannels);
}

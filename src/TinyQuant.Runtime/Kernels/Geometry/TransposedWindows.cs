namespace TinyQuant.Kernels.Geometry;

/// <summary>
/// The positions of a transposed convolution's output, one after another, and what each tap reads for it.
/// </summary>
internal ref struct TransposedWindows(in WindowGeometry geometry)
{
    private readonly WindowGeometry _geometry = geometry;
    private int _batch;
    private int _row;
    private int _column = -1;

    /// <summary>The index of the position's first channel in the output.</summary>
    public readonly int Output =>
        ((((_batch * _geometry.OutputHeight) + _row) * _geometry.OutputWidth) + _column) * _geometry.OutputChannels;

    public bool MoveNext()
    {
        if (++_column == _geometry.OutputWidth)
        {
            _column = 0;
            if (++_row == _geometry.OutputHeight)
            {
                _row = 0;
                _batch++;
            }
        }

        return _batch < _geometry.Batches;
    }

    /// <summary>The index of the first channel in the input that a tap brings here; -1 where it brings none.</summary>
    public readonly int InputOf(int tap)
    {
        int row = Source(
            _row + _geometry.PaddingTop - (tap / _geometry.FilterWidth), _geometry.StrideHeight, _geometry.InputHeight);
        int column = Source(_column + _geometry.PaddingLeft - (tap % _geometry.FilterWidth), _geometry.StrideWidth,
            _geometry.InputWidth);
        return row < 0 || column < 0
            ? -1
            : ((((_batch * _geometry.InputHeight) + row) * _geometry.InputWidth) + column) * _geometry.InputChannels;
    }

    private static int Source(int offset, int stride, int length) =>
        offset >= 0 && offset % stride == 0 && offset / stride < length ? offset / stride : -1;
}

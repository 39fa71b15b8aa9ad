namespace TinyQuant.Kernels;

/// <summary>The positions of a pool's window, one after another, and what each covers of the image.</summary>
internal ref struct PoolWindows
{
    private readonly WindowGeometry _geometry;
    private int _batch;
    private int _row;
    private int _column = -1;

    /// <exception cref="ArgumentException">The sizes or lengths do not fit each other, or a window covers nothing.</exception>
    public PoolWindows(in WindowGeometry geometry, int input, int output)
    {
        _geometry = geometry;
        geometry.Check(input, output);
        Lengths.Equal(geometry.OutputChannels, geometry.InputChannels, "output's pixel", "input's pixel");
        if (geometry.PaddingTop >= geometry.FilterHeight || geometry.PaddingLeft >= geometry.FilterWidth
            || ((geometry.OutputHeight - 1L) * geometry.StrideHeight) - geometry.PaddingTop >= geometry.InputHeight
            || ((geometry.OutputWidth - 1L) * geometry.StrideWidth) - geometry.PaddingLeft >= geometry.InputWidth
            || (geometry.DilationHeight, geometry.DilationWidth) != (1, 1))
        {
            throw new ArgumentException("A window of the pool lies outside of the image, or is dilated.");
        }
    }

    /// <summary>The first element of the output's pixel.</summary>
    public readonly int Output => ((((_batch * _geometry.OutputHeight) + _row) * _geometry.OutputWidth) + _column) * _geometry.OutputChannels;

    /// <summary>The first element that the window covers.</summary>
    public int Input { get; private set; }

    /// <summary>Rows of the image that it covers.</summary>
    public int Rows { get; private set; }

    /// <summary>Columns of the image that it covers.</summary>
    public int Columns { get; private set; }

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

        if (_batch == _geometry.Batches)
        {
            return false;
        }

        (int top, Rows) = Covered(_geometry.FirstRow(_row), _geometry.FilterHeight, _geometry.InputHeight);
        (int left, Columns) = Covered(_geometry.FirstColumn(_column), _geometry.FilterWidth, _geometry.InputWidth);
        Input = ((((_batch * _geometry.InputHeight) + top) * _geometry.InputWidth) + left) * _geometry.InputChannels;
        return true;
    }

    private static (int First, int Count) Covered(int first, int filter, int size)
    {
        int end = (int)Math.Min((long)first + filter, size);
        first = Math.Max(first, 0);
        return (first, end - first);
    }
}

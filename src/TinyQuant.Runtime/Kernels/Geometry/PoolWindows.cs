using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Geometry;

/// <summary>The positions of a pool's window, one after another, and what each covers of the image.</summary>
internal ref struct PoolWindows
{
    private readonly WindowGeometry _geometry;
    private int _batch;
    private int _row = -1;
    private int _column;
    private int _firstOfRow;

    /// <exception cref="ArgumentException">The sizes or lengths do not fit each other, or a window covers
    /// nothing.</exception>
    public PoolWindows(in WindowGeometry geometry, int input, int output)
    {
        _geometry = geometry;
        _column = geometry.OutputWidth - 1; // before the first row
        Output = -geometry.OutputChannels;
        geometry.Check(input, output);
        SpanChecks.Equal(geometry.OutputChannels, geometry.InputChannels, "output's pixel", "input's pixel");
        if (geometry.PaddingTop >= geometry.FilterHeight || geometry.PaddingLeft >= geometry.FilterWidth
            || ((geometry.OutputHeight - 1L) * geometry.StrideHeight) - geometry.PaddingTop >= geometry.InputHeight
            || ((geometry.OutputWidth - 1L) * geometry.StrideWidth) - geometry.PaddingLeft >= geometry.InputWidth
            || (geometry.DilationHeight, geometry.DilationWidth) != (1, 1))
        {
            throw new ArgumentException("A window of the pool lies outside of the image, or is dilated.");
        }
    }

    /// <summary>The first element of the output's pixel.</summary>
    public int Output { get; private set; }

    /// <summary>The first element that the window covers.</summary>
    public int Input { get; private set; }

    /// <summary>Rows of the image that it covers.</summary>
    public int Rows { get; private set; }

    /// <summary>Columns of the image that it covers.</summary>
    public int Columns { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        Output += _geometry.OutputChannels;
        if (++_column == _geometry.OutputWidth && !NextRow())
        {
            return false;
        }

        (int left, Columns) = Covered(_geometry.FirstColumn(_column), _geometry.FilterWidth, _geometry.InputWidth);
        Input = _firstOfRow + (left * _geometry.InputChannels);
        return true;
    }

    private bool NextRow()
    {
        _column = 0;
        if (++_row == _geometry.OutputHeight)
        {
            _row = 0;
            _batch++;
        }

        (int top, Rows) = Covered(_geometry.FirstRow(_row), _geometry.FilterHeight, _geometry.InputHeight);
        _firstOfRow = ((_batch * _geometry.InputHeight) + top) * _geometry.InputRow;
        return _batch < _geometry.Batches;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int First, int Count) Covered(int first, int filter, int size)
    {
        int end = (int)Math.Min((long)first + filter, size);
        first = Math.Max(first, 0);
        return (first, end - first);
    }
}

using TinyQuant.Kernels.Matrices;

namespace TinyQuant.Kernels.Transposed;

/// <summary>
/// The positions of a transposed convolution's output, up to four at a time that are a stride apart in a row: the same
/// taps read something for each of them, neighbours in the input.
/// </summary>
internal ref struct TransposedGroups(in WindowGeometry geometry)
{
    private readonly WindowGeometry _geometry = geometry;
    private int _batch;
    private int _row;
    private int _phase; // the first column of those that are whole strides apart
    private int _column;
    private long _next; // in 64 bits: a stride may be as large as any int
    private int _tapRow;
    private int _tapColumn;
    private int _inputRow;
    private int _inputColumn;

    /// <summary>How many positions, from 1 to 4.</summary>
    public int Count { get; private set; }

    /// <summary>The index of the tap in the window.</summary>
    public readonly int Tap => (_tapRow * _geometry.FilterWidth) + _tapColumn;

    /// <summary>Elements of the output from one position to the next; 0 where there is no other.</summary>
    public readonly int Step => Count == 1 ? 0 : _geometry.StrideWidth * _geometry.OutputChannels;

    /// <summary>The index of a position's first channel in the output.</summary>
    public readonly int Output(int position) =>
        ((((_batch * _geometry.OutputHeight) + _row) * _geometry.OutputWidth) + _column
            + (position * _geometry.StrideWidth)) * _geometry.OutputChannels;

    /// <summary>
    /// The index of the first channel in the input that the tap brings to a position; -1 where it brings none.
    /// </summary>
    public readonly int Input(int position)
    {
        int column = _inputColumn + position;
        return position >= Count || (uint)column >= (uint)_geometry.InputWidth
            ? -1
            : ((((_batch * _geometry.InputHeight) + _inputRow) * _geometry.InputWidth) + column)
                * _geometry.InputChannels;
    }

    public bool MoveNext()
    {
        if (_next >= _geometry.OutputWidth)
        {
            _phase++;
            if (_phase >= Math.Min(_geometry.StrideWidth, _geometry.OutputWidth))
            {
                _phase = 0;
                if (++_row == _geometry.OutputHeight)
                {
                    _row = 0;
                    _batch++;
                }
            }

            _next = _phase;
        }

        _column = (int)_next;
        Count = Math.Min(FourRows.Count, ((_geometry.OutputWidth - 1 - _column) / _geometry.StrideWidth) + 1);
        _next += (long)FourRows.Count * _geometry.StrideWidth;
        return _batch < _geometry.Batches;
    }

    /// <summary>Goes before the first tap that may bring something to these positions.</summary>
    public void BeginTaps()
    {
        (_inputRow, _tapRow) = Math.DivRem(_row + _geometry.PaddingTop, _geometry.StrideHeight);
        BeginRow();
    }

    /// <summary>Goes to the next tap that brings something to one of these positions.</summary>
    public bool MoveTap()
    {
        while (_tapRow < _geometry.FilterHeight)
        {
            if ((uint)_inputRow < (uint)_geometry.InputHeight)
            {
                while (_tapColumn < _geometry.FilterWidth - _geometry.StrideWidth)
                {
                    _tapColumn += _geometry.StrideWidth;
                    _inputColumn--;
                    if (_inputColumn > -FourRows.Count && _inputColumn < _geometry.InputWidth)
                    {
                        return true;
                    }
                }
            }

            if (_tapRow >= _geometry.FilterHeight - _geometry.StrideHeight)
            {
                break;
            }

            _tapRow += _geometry.StrideHeight;
            _inputRow--;
            BeginRow();
        }

        return false;
    }

    private void BeginRow()
    {
        (int column, int tap) = Math.DivRem(_column + _geometry.PaddingLeft, _geometry.StrideWidth);
        (_inputColumn, _tapColumn) = (column + 1, tap - _geometry.StrideWidth);
    }
}

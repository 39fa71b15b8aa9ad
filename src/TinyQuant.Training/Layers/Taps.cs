namespace TinyQuant.Training.Layers;

/// <summary>One pixel under a window.</summary>
/// <param name="Input">Where its channels begin in the image.</param>
/// <param name="Weight">Where its weights begin, [height, width, channels].</param>
internal readonly record struct Tap(int Input, int Weight);

/// <summary>The pixels of the image under one window, row by row; what lies outside is left out.</summary>
internal ref struct Taps
{
    private readonly PatchGeometry _geometry;
    private readonly int _y;
    private readonly int _x;
    private readonly int _firstColumn;
    private readonly int _endColumn;
    private readonly int _endRow;
    private int _row;
    private int _column;

    public Taps(PatchGeometry geometry, int position)
    {
        _geometry = geometry;
        (_y, _x, _firstColumn, int taps) = geometry.At(position);
        _endColumn = _firstColumn + taps;
        _row = Math.Max(0, -_y);
        _endRow = Math.Min(geometry.Window.Height, geometry.Input.Height - _y);
        _column = _firstColumn - 1;
    }

    public readonly Taps GetEnumerator() => this;

    public readonly Tap Current => new(
        (((_y + _row) * _geometry.Input.Width) + _x + _column) * _geometry.Input.Channels,
        ((_row * _geometry.Window.Width) + _column) * _geometry.Input.Channels);

    public bool MoveNext()
    {
        if (++_column >= _endColumn)
        {
            _column = _firstColumn;
            _row++;
        }

        return _row < _endRow;
    }
}

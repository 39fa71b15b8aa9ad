namespace TinyQuant.Kernels.Geometry;

/// <summary>The positions of windows in images, one after another.</summary>
internal ref struct ImagePositions(in WindowGeometry geometry)
{
    private readonly WindowGeometry _geometry = geometry;
    private int _batch;

    public int Row { get; private set; }

    public int Column { get; private set; } = -1;

    /// <summary>Where the input's image begins.</summary>
    public readonly int Image => _batch * _geometry.InputHeight * _geometry.InputRow;

    /// <summary>The index of the position's first channel in the output.</summary>
    public readonly int Output =>
        ((((_batch * _geometry.OutputHeight) + Row) * _geometry.OutputWidth) + Column) * _geometry.OutputChannels;

    public bool MoveNext()
    {
        if (++Column == _geometry.OutputWidth)
        {
            Column = 0;
            if (++Row == _geometry.OutputHeight)
            {
                Row = 0;
                _batch++;
            }
        }

        return _batch < _geometry.Batches;
    }
}

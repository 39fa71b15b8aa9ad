using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Geometry;

/// <summary>
/// The rows of an image that a window covers: the image's own, or, where the output is written over the image, copies
/// in a ring that holds as many rows as the window is high.
/// </summary>
internal ref struct ImageRows<T>
    where T : unmanaged
{
    private readonly WindowGeometry _geometry;
    private readonly Span<T> _ring;
    private readonly int _ringRows;
    private ReadOnlySpan<T> _image;
    private int _copied;

    /// <param name="geometry">Sizes of image and window.</param>
    /// <param name="ring">Room for the copies; empty for none.</param>
    /// <exception cref="ArgumentException">The ring is too small, or a row of the output longer than one of the
    /// image.</exception>
    public ImageRows(scoped in WindowGeometry geometry, Span<T> ring)
    {
        _geometry = geometry;
        _ring = ring;
        _ringRows = ((geometry.FilterHeight - 1) * geometry.DilationHeight) + 1;
        if (!ring.IsEmpty)
        {
            SpanChecks.AtLeast(ring.Length, (long)_ringRows * geometry.InputRow, "rows", "window");
            SpanChecks.AtLeast(geometry.InputRow, geometry.OutputRow, "input's row", "output's row");
        }
    }

    /// <summary>Goes to the top of the next image.</summary>
    public void Start(ReadOnlySpan<T> image)
    {
        _image = image;
        _copied = 0;
    }

    /// <summary>
    /// Makes the rows of a window ready. Output rows come one after another; each is written over rows that have been
    /// copied, since it is no longer than they are and no window ends above its own output row.
    /// </summary>
    public void MoveTo(int outputRow)
    {
        if (_ring.IsEmpty)
        {
            return;
        }

        int end = Math.Min(_geometry.FirstRow(outputRow) + _ringRows, _geometry.InputHeight);
        for (; _copied < end; _copied++)
        {
            _image.Slice(_copied * _geometry.InputRow, _geometry.InputRow)
                .CopyTo(_ring[(_copied % _ringRows * _geometry.InputRow)..]);
        }
    }

    /// <summary>All rows: those of the image, or of the ring.</summary>
    public readonly ReadOnlySpan<T> Rows => _ring.IsEmpty ? _image : _ring;

    /// <summary>A row under the window that was moved to last, by its index in the image.</summary>
    public readonly ReadOnlySpan<T> Row(int index) => _ring.IsEmpty
        ? _image.Slice(index * _geometry.InputRow, _geometry.InputRow)
        : _ring.Slice(index % _ringRows * _geometry.InputRow, _geometry.InputRow);
}

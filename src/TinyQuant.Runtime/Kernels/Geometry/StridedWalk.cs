using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Geometry;

/// <summary>Goes through a view, index after index, the innermost dimension fastest.</summary>
internal ref struct StridedWalk(StridedView view)
{
    private readonly StridedView _view = view;
    private Indexes _indexes;

    /// <summary>The tensor's element at the index that it has come to.</summary>
    public int At = view.Begin;

    /// <summary>Goes on to the next index; after the last one, to the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next()
    {
        for (int d = _view.Sizes.Length - 1; d >= 0; d--)
        {
            At += _view.Strides[d];
            if (++_indexes[d] < _view.Sizes[d])
            {
                return;
            }

            At -= _view.Strides[d] * _view.Sizes[d];
            _indexes[d] = 0;
        }
    }

    [InlineArray(StridedView.MaxRank)]
    private struct Indexes
    {
        private int _first;
    }
}

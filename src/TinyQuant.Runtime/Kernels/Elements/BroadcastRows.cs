using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Movement;

namespace TinyQuant.Kernels.Elements;

/// <summary>
/// The rows of an operand in the order of the output, taken into a block, where they do not stand side by side in the
/// operand.
/// </summary>
internal ref struct BroadcastRows
{
    private readonly int _run;
    private readonly bool _isStraight;
    private readonly bool _isRepeated;
    private readonly bool _isOne;
    private readonly int _rowStride; // of rows that all lie a step apart; else -1
    private StridedWalk _walk;
    private int _row;

    /// <param name="sizes">2 or more dimensions of the output.</param>
    /// <param name="strides">The operand's, as many.</param>
    public BroadcastRows(ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides)
    {
        _run = sizes[^1];
        _isOne = strides[^1] == 0;
        _rowStride = sizes.Length == 2 ? strides[0] : -1;
        _isStraight = true;
        _isRepeated = true;
        int straight = 1;
        for (int d = sizes.Length - 1; d >= 0; d--)
        {
            _isStraight &= strides[d] == straight || sizes[d] == 1;
            _isRepeated &= strides[d] == 0 || sizes[d] == 1 || d == sizes.Length - 1;
            straight *= sizes[d];
        }

        _walk = new StridedWalk(new StridedView(0, sizes[..^1], strides[..^1]));
    }

    /// <summary>Whether they stand side by side in the operand, so that nothing need be taken.</summary>
    public readonly bool IsStraight => _isStraight;

    /// <summary>Puts the next rows into a block; where all are one row, only the first time.</summary>
    /// <param name="operand">The whole operand.</param>
    /// <param name="isFirst">Whether none were taken before.</param>
    /// <param name="block">As long as they are; the first time no shorter than later.</param>
    public void Take<T>(scoped ReadOnlySpan<T> operand, bool isFirst, scoped Span<T> block)
        where T : unmanaged
    {
        if (_isStraight || (_isRepeated && !isFirst))
        {
            return;
        }

        if (_isOne && _rowStride >= 0)
        {
            Repeats.Fill(ref Unsafe.AsRef(in operand[_row]), _rowStride, _run, block);
            _row += block.Length / _run * _rowStride;
            return;
        }

        for (int to = 0; to < block.Length; to += _run)
        {
            Span<T> row = block.Slice(to, _run);
            if (_isOne)
            {
                row.Fill(operand[_walk.At]);
            }
            else
            {
                operand.Slice(_walk.At, _run).CopyTo(row);
            }

            _walk.Next();
        }
    }
}

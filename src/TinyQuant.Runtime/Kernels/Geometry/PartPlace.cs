using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Where a part of a tensor may begin: a room and a step for each dimension.</summary>
/// <param name="room">The greatest index that it may begin at, 0 or more; 1 dimension or more.</param>
/// <param name="strides">The elements of the tensor from one index to the next, 0 or more; as many.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct PartPlace(ReadOnlySpan<int> room, ReadOnlySpan<int> strides)
{
    internal ReadOnlySpan<int> Room { get; } = room;
    internal ReadOnlySpan<int> Strides { get; } = strides;

    /// <summary>Checks that a part lies in a tensor wherever it begins.</summary>
    /// <param name="begins">The dimensions of the beginning.</param>
    /// <param name="view">The part as it lies if it begins at index 0 of all dimensions.</param>
    /// <param name="whole">The tensor's elements.</param>
    /// <param name="part">The part's elements.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal void Check(int begins, scoped in StridedView view, int whole, int part)
    {
        SpanChecks.Equal(begins, Room.Length, "begin", "room");
        SpanChecks.Equal(Strides.Length, Room.Length, "strides", "room");
        long last = view.Check(whole, part);
        for (int d = 0; d < Room.Length; d++)
        {
            if (Room[d] < 0 || Strides[d] < 0)
            {
                SpanChecks.Throw(Room[d], 0, "room", "part");
            }

            last = Math.Min(last + ((long)Room[d] * Strides[d]), SpanChecks.TooMany);
        }

        if (last >= whole)
        {
            SpanChecks.Throw(whole, last + 1, "tensor", "part");
        }
    }
}

using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Layout;

/// <summary>
/// A value as three dimensions of memory, of which the middle one is one of its own: [outer, size, inner].
/// </summary>
/// <param name="Order">The order in which the value must lie for it.</param>
/// <param name="Outer">Elements before it.</param>
/// <param name="Size">Its size.</param>
/// <param name="Inner">Elements behind it.</param>
internal sealed record AxisView(AxisOrder Order, int Outer, int Size, int Inner)
{
    /// <summary>The dimensions of the tensor.</summary>
    public ImmutableArray<int> Shape => [Outer, Size, Inner];

    /// <summary>
    /// The view of a value that lies in an order; where the dimension is torn, the elements have to be as ONNX counts
    /// them.
    /// </summary>
    public static AxisView Of(AxisOrder order, int axis)
    {
        if (order.Counts[axis] > 1)
        {
            order = AxisOrder.RowMajor(order.Shape);
        }

        int place = order.PlaceOf(axis);
        ImmutableArray<int> sizes = order.MemorySizes;
        bool isThere = order.Counts[axis] == 1;
        return new AxisView(
            order, sizes.Take(place).Aggregate(1, (p, s) => p * s), isThere ? sizes[place] : 1,
            sizes.Skip(isThere ? place + 1 : place).Aggregate(1, (p, s) => p * s));
    }

    /// <summary>The same with another size of the dimension.</summary>
    public AxisView Resized(int axis, int size) => this with { Order = Order.Resized(axis, size), Size = size };
}

using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>
/// Operands of a function of elements, brought into one order: that of the first one that has the output's shape and is
/// computed. Constants are stored in it, and what lies in another one is transposed.
/// </summary>
/// <param name="Operands">The operands, with as many dimensions as the output.</param>
/// <param name="Shape">Of the output's tensor.</param>
/// <param name="Order">Of the output.</param>
internal sealed record Broadcast(ImmutableArray<Tensor> Operands, ImmutableArray<int> Shape, AxisOrder Order)
{
    /// <summary>Reads the operands.</summary>
    /// <param name="writer">Where they are.</param>
    /// <param name="values">The operands.</param>
    /// <param name="shape">The output's dimensions, which all operands are stretched to.</param>
    public static Broadcast Of(GraphWriter writer, IReadOnlyList<Value> values, ImmutableArray<int> shape)
    {
        Stored? main = values.Where(v => !v.IsConstant && Padded(v, shape.Length).SequenceEqual(shape))
            .Select(writer.Find).FirstOrDefault();
        AxisOrder order = main?.Order.WithRank(shape.Length) ?? AxisOrder.RowMajor(shape);
        bool[][] isFull = [.. values.Select(v => FullFactors(order, Padded(v, shape.Length)))];
        ImmutableArray<int> sizes = order.MemorySizes;

        // What all operands have, or none, can be one dimension; the tensor that is there is taken as it is if it can.
        List<int> groups = [];
        for (int k = 0; k < sizes.Length; k++)
        {
            if (k > 0 && isFull.All(full => full[k] == full[k - 1]))
            {
                groups[^1] *= sizes[k];
            }
            else
            {
                groups.Add(sizes[k]);
            }
        }

        ImmutableArray<int> target = main is not null && IsFiner(main.Tensor.Shape, groups)
            ? main.Tensor.Shape
            : [.. groups];
        ImmutableArray<Tensor> operands =
        [
            .. values.Select((value, i) => Read(writer, value, order, shape.Length, View(target, sizes, isFull[i]))),
        ];
        return new Broadcast(operands, target, order);
    }

    private static Tensor Read(
        GraphWriter writer, Value value, AxisOrder order, int rank, ImmutableArray<int> view)
    {
        ImmutableArray<int> padded = Padded(value, rank);
        return writer.Read(value, order.Without(d => padded[d] == 1).WithRank(value.Rank), view);
    }

    private static ImmutableArray<int> Padded(Value value, int rank) =>
        [.. Enumerable.Repeat(1, rank - value.Rank), .. value.Shape];

    /// <summary>For each factor in memory, whether an operand has it.</summary>
    private static bool[] FullFactors(AxisOrder order, ImmutableArray<int> padded) =>
        [.. order.Memory.Select(f => padded[order.DimensionOf(f)] != 1)];

    /// <summary>Whether dimensions are parts of groups.</summary>
    private static bool IsFiner(ImmutableArray<int> shape, List<int> groups)
    {
        int[] ends = Ends(shape);
        return Ends(groups).All(ends.Contains);
    }

    private static int[] Ends(IEnumerable<int> sizes)
    {
        int product = 1;
        return [.. sizes.Select(s => product *= s)];
    }

    /// <summary>The target's dimensions, but 1 where an operand is stretched.</summary>
    private static ImmutableArray<int> View(ImmutableArray<int> target, ImmutableArray<int> factors, bool[] isFull)
    {
        var view = ImmutableArray.CreateBuilder<int>(target.Length);
        int[] ends = Ends(factors);
        int begin = 1;
        foreach (int size in target)
        {
            // The factor in which the dimension begins; it is of one group, whose factors are alike.
            int factor = Array.FindIndex(ends, e => e > begin);
            view.Add(size == 1 || !isFull[factor < 0 ? ends.Length - 1 : factor] ? 1 : size);
            begin *= size;
        }

        return view.MoveToImmutable();
    }
}

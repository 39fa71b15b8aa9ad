using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Values;

namespace TinyQuant.Import.Folding;

/// <summary>Arithmetic of two integer tensors, with broadcast.</summary>
internal static class IntegerArithmetic
{
    /// <summary>The function of each pair of elements.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    /// <param name="output">What the file gives the result.</param>
    /// <param name="compute">Exact, whatever the values.</param>
    /// <exception cref="UnsupportedException">They do not fit together, or a result is more than an int64
    /// holds.</exception>
    public static IntegerTensor Elementwise(
        IntegerTensor a, IntegerTensor b, SourceTensor output, Func<Int128, Int128, Int128> compute)
    {
        ImmutableArray<int> shape = Broadcast(a.Shape, b.Shape);
        int count = Count(shape);
        if (count != output.ElementCount)
        {
            throw new UnsupportedException(
                Invariant($"it computes {count} integers; its output is {output.TypeAndShape}"));
        }

        var values = ImmutableArray.CreateBuilder<long>(count);
        for (int i = 0; i < count; i++)
        {
            Int128 value = compute(a.Values[Index(i, shape, a.Shape)], b.Values[Index(i, shape, b.Shape)]);
            values.Add(value >= long.MinValue && value <= long.MaxValue
                ? (long)value
                : throw new UnsupportedException(Invariant($"it computes {value}, which is more than an int64 holds")));
        }

        return new IntegerTensor(shape, values.MoveToImmutable());
    }

    private static int Count(ImmutableArray<int> shape)
    {
        // Never more than one beyond the most, so that no product overflows, whatever the dimensions.
        long count = shape.Aggregate(
            1L, (product, dimension) => Math.Min(product * dimension, IntegerValues.MostElements + 1));
        return count <= IntegerValues.MostElements
            ? (int)count
            : throw new UnsupportedException($"it computes more than {IntegerValues.MostElements} integers");
    }

    private static ImmutableArray<int> Broadcast(ImmutableArray<int> a, ImmutableArray<int> b)
    {
        int[] shape = new int[Math.Max(a.Length, b.Length)];
        for (int fromEnd = 1; fromEnd <= shape.Length; fromEnd++)
        {
            int left = fromEnd <= a.Length ? a[^fromEnd] : 1;
            int right = fromEnd <= b.Length ? b[^fromEnd] : 1;
            if (left != right && left != 1 && right != 1)
            {
                throw new UnsupportedException(
                    $"its inputs have shapes [{string.Join(",", a.Select(n => Invariant($"{n}")))}] and "
                        + $"[{string.Join(",", b.Select(n => Invariant($"{n}")))}], which do not broadcast");
            }

            shape[^fromEnd] = left == 1 ? right : left;
        }

        return [.. shape];
    }

    /// <summary>
    /// The place in a smaller tensor of element <paramref name="element"/> of what it is broadcast to.
    /// </summary>
    private static int Index(int element, ImmutableArray<int> shape, ImmutableArray<int> own)
    {
        int index = 0;
        int step = 1;
        for (int fromEnd = 1; fromEnd <= own.Length; fromEnd++)
        {
            int at = element % shape[^fromEnd];
            element /= shape[^fromEnd];
            index += own[^fromEnd] == 1 ? 0 : at * step;
            step *= own[^fromEnd];
        }

        return index;
    }
}

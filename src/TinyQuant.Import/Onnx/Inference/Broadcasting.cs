using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Operands of different shapes, as NumPy broadcasts them.</summary>
internal static class Broadcasting
{
    /// <summary>The shape of what is computed of operands of these.</summary>
    /// <exception cref="UnsupportedException">They do not fit.</exception>
    public static ImmutableArray<int> Shape(params IEnumerable<ImmutableArray<int>> shapes)
    {
        int[] joined = [];
        foreach (ImmutableArray<int> shape in shapes)
        {
            if (shape.Length > joined.Length)
            {
                joined = [.. Enumerable.Repeat(1, shape.Length - joined.Length), .. joined];
            }

            for (int i = 0; i < shape.Length; i++)
            {
                ref int size = ref joined[joined.Length - shape.Length + i];
                size = size == shape[i] || shape[i] == 1 ? size : size == 1 ? shape[i] : throw new UnsupportedException(
                    $"shapes {string.Join(" and ", shapes.Select(Shapes.Text))} do not fit each other");
            }
        }

        return [.. joined];
    }

    /// <summary>For each element of a shape, the element that an operand has for it.</summary>
    public static int[] Map(ImmutableArray<int> operand, ImmutableArray<int> shape)
    {
        int[] steps = new int[shape.Length];
        int step = 1;
        for (int i = operand.Length - 1; i >= 0; i--)
        {
            steps[shape.Length - operand.Length + i] = operand[i] == 1 ? 0 : step;
            step *= operand[i];
        }

        return Elements.StridedMap(shape, steps, 0);
    }
}

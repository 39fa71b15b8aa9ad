using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>Dimensions of tensors.</summary>
internal static class Shapes
{
    /// <summary>How many elements there are; 1 without dimensions. One that no array holds is cut off.</summary>
    public static long Count(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int size in shape)
        {
            count = count > int.MaxValue && size != 0 ? count : count * size;
        }

        return count;
    }

    /// <inheritdoc cref="Count(ReadOnlySpan{int})"/>
    public static long Count(ImmutableArray<int> shape) => Count(shape.AsSpan());

    /// <summary>For messages: <c>[1,2]</c>.</summary>
    public static string Text(ImmutableArray<int> shape) =>
        shape.IsDefault ? "of unknown shape" : $"[{string.Join(",", shape.Select(n => Invariant($"{n}")))}]";
}

using System.Runtime.InteropServices;

namespace TinyQuant.Model;

/// <summary>What operators ask of tensors that hold indexes.</summary>
internal static class IndexChecks
{
    /// <summary>The types that indexes have.</summary>
    private static readonly TensorType[] s_types = [TensorType.Int32, TensorType.Int64];

    /// <summary>The tensor's type is one of indexes.</summary>
    public static IEnumerable<string> Type(Tensor indexes) => Checks.SameType(s_types, indexes);

    /// <summary>
    /// The indexes of a constant are there: one that is out of range is a mistake of whoever made the model. Those that
    /// are computed are moved into the range by the kernels.
    /// </summary>
    /// <param name="indexes">Of a type that <see cref="Type"/> lets pass.</param>
    /// <param name="sizes">The sizes that the indexes of a row are in; a row is as many elements.</param>
    public static IEnumerable<string> Range(Tensor indexes, IReadOnlyList<int> sizes)
    {
        if (indexes.Data is not { } data)
        {
            yield break;
        }

        ReadOnlyMemory<byte> bytes = data.AsMemory();
        int count = indexes.ElementCount;
        for (int i = 0; i < count; i++)
        {
            long index = indexes.Type == TensorType.Int64
                ? MemoryMarshal.Read<long>(bytes.Span.Slice(i * sizeof(long)))
                : MemoryMarshal.Read<int>(bytes.Span.Slice(i * sizeof(int)));
            int size = sizes[i % sizes.Count];
            if (index < 0 || index >= size)
            {
                yield return Invariant($"element {i} of '{indexes.Name}' is index {index}; expected one from 0 to ")
                    + Invariant($"{size - 1}");
                yield break;
            }
        }
    }
}

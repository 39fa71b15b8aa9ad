using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Elements of constants in other places.</summary>
internal static class Elements
{
    /// <summary>Distances between neighbours along each dimension.</summary>
    public static int[] Steps(ImmutableArray<int> shape)
    {
        int[] steps = new int[shape.Length];
        int step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            steps[i] = step;
            step *= shape[i];
        }

        return steps;
    }

    /// <summary>For each element of a shape, the place that it has with these distances.</summary>
    public static int[] StridedMap(ImmutableArray<int> shape, ReadOnlySpan<int> steps, int first)
    {
        int[] map = new int[Shapes.Count(shape)];
        int[] at = new int[shape.Length];
        int place = first;
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = place;
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                place += steps[d];
                if (++at[d] < shape[d])
                {
                    break;
                }

                place -= steps[d] * shape[d];
                at[d] = 0;
            }
        }

        return map;
    }

    /// <summary>For each element of a shape, the place that its indexes, which change afterwards, give.</summary>
    public static int[] Map(ImmutableArray<int> shape, Func<int[], int> placeOf)
    {
        int[] map = new int[Shapes.Count(shape)];
        int[] at = new int[shape.Length];
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = placeOf(at);
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                if (++at[d] < shape[d])
                {
                    break;
                }

                at[d] = 0;
            }
        }

        return map;
    }

    /// <summary>A constant whose elements are those at the places of another one.</summary>
    /// <exception cref="UnsupportedException">It is text.</exception>
    public static Constant Gather(Constant source, ImmutableArray<int> shape, ReadOnlySpan<int> map)
    {
        int size = source.Type.Bits() / 8;
        if (size == 0)
        {
            ReadOnlySpan<long> integers = source.Integers;
            long[] gathered = new long[map.Length];
            for (int i = 0; i < gathered.Length; i++)
            {
                gathered[i] = integers[map[i]];
            }

            return new Constant(source.Type, shape, gathered);
        }

        byte[] bytes = new byte[map.Length * (long)size];
        switch (size)
        {
            case 1: Gather<byte>(source.Bytes, bytes, map); break;
            case 2: Gather<ushort>(source.Bytes, bytes, map); break;
            case 4: Gather<uint>(source.Bytes, bytes, map); break;
            default: Gather<ulong>(source.Bytes, bytes, map); break;
        }

        return new Constant(source.Type, shape, bytes);
    }

    /// <summary>One element everywhere.</summary>
    public static Constant Filled(Constant element, ImmutableArray<int> shape)
    {
        int size = element.Type.Bits() / 8;
        if (size == 0)
        {
            return Gather(element, shape, new int[Shapes.Count(shape)]);
        }

        byte[] bytes = new byte[Shapes.Count(shape) * size];
        ReadOnlySpan<byte> one = element.Bytes;
        for (int i = 0; one.ContainsAnyExcept((byte)0) && i < bytes.Length; i += size)
        {
            one.CopyTo(bytes.AsSpan(i));
        }

        return new Constant(element.Type, shape, bytes);
    }

    /// <summary>The elements of constants of one type, one constant behind the other.</summary>
    public static Constant Join(params IReadOnlyList<Constant> parts)
    {
        OnnxType type = parts[0].Type;
        if (parts.FirstOrDefault(p => p.Type != type) is { } other)
        {
            throw new UnsupportedException(
                $"constants are of {type.Word()} and {other.Type.Word()}; expected one type");
        }

        long count = parts.Sum(p => (long)p.Count);
        if (type.Bits() is > 0 and < 8)
        {
            return new Constant(type, [(int)count], [.. parts.SelectMany(p => p.Integers.ToArray())]);
        }

        var bytes = new byte[type.ByteLength(count)];
        int at = 0;
        foreach (Constant part in parts)
        {
            part.Bytes.CopyTo(bytes.AsSpan(at));
            at += part.Bytes.Length;
        }

        return new Constant(type, [(int)count], bytes);
    }

    private static void Gather<T>(ReadOnlySpan<byte> from, byte[] to, ReadOnlySpan<int> map)
        where T : struct
    {
        ReadOnlySpan<T> source = MemoryMarshal.Cast<byte, T>(from);
        Span<T> target = MemoryMarshal.Cast<byte, T>(to.AsSpan());
        for (int i = 0; i < map.Length; i++)
        {
            target[i] = source[map[i]];
        }
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>Elements of constants in the order in which an operator reads them.</summary>
internal static class OrderedConstants
{
    /// <summary>The elements, as a tensor of the graph holds them.</summary>
    public static ImmutableArray<byte> Bytes(Constant constant, AxisOrder order)
    {
        ReadOnlySpan<byte> bytes = constant.Type is OnnxType.Float64 or OnnxType.BFloat16
            ? MemoryMarshal.AsBytes(constant.Floats)
            : constant.Bytes;
        if (order.IsRowMajor)
        {
            return [.. bytes];
        }

        int size = bytes.Length / constant.Count;
        var ordered = new byte[bytes.Length];
        int at = 0;
        foreach (int source in Sources(order))
        {
            bytes.Slice(source * size, size).CopyTo(ordered.AsSpan(at));
            at += size;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(ordered);
    }

    /// <summary>For each place in memory, where ONNX counts the element.</summary>
    public static int[] Sources(AxisOrder order)
    {
        var steps = new int[order.Sizes.Length];
        int step = 1;
        for (int f = steps.Length - 1; f >= 0; f--)
        {
            steps[f] = step;
            step *= order.Sizes[f];
        }

        var sources = new int[step];
        int repeat = step;
        foreach (int factor in order.Memory)
        {
            repeat /= order.Sizes[factor];
            for (int i = 0; i < sources.Length; i++)
            {
                sources[i] += i / repeat % order.Sizes[factor] * steps[factor];
            }
        }

        return sources;
    }
}

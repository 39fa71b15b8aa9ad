using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Known places along the middle of three dimensions.</summary>
internal static class AxisGather
{
    /// <summary>What lies there: a slice where they are in step, else gathered.</summary>
    /// <param name="writer">Where the tensor is.</param>
    /// <param name="name">Of the output.</param>
    /// <param name="x">[outer, size, inner].</param>
    /// <param name="places">From 0 to the size.</param>
    /// <returns>[outer, places, inner].</returns>
    public static Tensor Write(GraphWriter writer, string name, Tensor x, ReadOnlySpan<int> places)
    {
        ImmutableArray<int> shape = [x.Shape[0], places.Length, x.Shape[2]];
        if (places.Length == x.Shape[1] && IsInStep(places, 1) && places[0] == 0)
        {
            return x;
        }

        Tensor output = writer.New(name, x.Type, shape, x.Quantization);
        int step = places.Length > 1 ? places[1] - places[0] : 1;
        if (step == 0 || !IsInStep(places, step))
        {
            Tensor indexes = writer.NewConstant(
                name, TensorType.Int32, [places.Length], [.. MemoryMarshal.AsBytes(places)]);
            writer.Add(new Gather(x, indexes, output, 1));
        }
        else if (step == 1)
        {
            writer.Add(new Slice(x, output, [0, places[0], 0], shape));
        }
        else
        {
            writer.Add(new StridedSlice(x, output, [0, places[0], 0], shape, [1, step, 1]));
        }

        return output;
    }

    private static bool IsInStep(ReadOnlySpan<int> places, int step)
    {
        for (int i = 1; i < places.Length; i++)
        {
            if (places[i] - places[i - 1] != step)
            {
                return false;
            }
        }

        return true;
    }
}

using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Codes that are constants, as reals where an operator needs these.</summary>
internal static class Dequantization
{
    /// <summary>The reals of a DequantizeLinear of constants; null of anything else.</summary>
    public static Constant? Find(Node? node)
    {
        if (node is null || !node.Is("DequantizeLinear") || node.Input(0)?.Constant is not { } codes
            || node.Input(1)?.Constant is not { } scales || node.Input(2) is { IsConstant: false }
            || node.Attributes.Int("block_size", 0) != 0)
        {
            return null;
        }

        Constant? zeros = node.Input(2)?.Constant;
        if (scales.Count != 1 && codes.Shape.IsEmpty)
        {
            return null;
        }

        int axis = scales.Count == 1 ? 0 : Inferring.Axis(node.Attributes.Int("axis", 1), codes.Shape.Length);
        int inner = scales.Count == 1 ? 1 : (int)Shapes.Count(codes.Shape.AsSpan()[(axis + 1)..]);
        float[] reals = new float[codes.Count];
        for (int i = 0; i < reals.Length; i++)
        {
            int slice = i / inner % scales.Count;
            long zero = zeros?.Integers[zeros.Count == 1 ? 0 : slice] ?? 0;
            reals[i] = (codes.Integers[i] - zero) * scales.Floats[slice];
        }

        return new Constant(codes.Shape, reals);
    }
}

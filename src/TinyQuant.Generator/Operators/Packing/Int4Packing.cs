using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Int4;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>int4 constants in the order in which their kernels read them (<see cref="Int4Layout"/>).</summary>
internal static class Int4Packing
{
    private const int Half = Int4Layout.Half;

    /// <summary>Two codes to a byte.</summary>
    public static byte[] Codes(ReadOnlySpan<byte> codes)
    {
        byte[] packed = new byte[Int4Layout.PackedLength(codes.Length)];
        int whole = codes.Length / (2 * Half) * (2 * Half);
        for (int i = 0; i < codes.Length; i++)
        {
            (int at, bool isUpper) = i < whole
                ? ((i / (2 * Half) * Half) + (i % Half), i % (2 * Half) >= Half)
                : (i / 2, i % 2 != 0);
            packed[at] |= (byte)(((sbyte)codes[i] + Int4Layout.Offset) << (isUpper ? 4 : 0));
        }

        return packed;
    }

    /// <summary>Multipliers [outputs, groups] in the columns of the packed weights, in each group by group.</summary>
    public static byte[] Multipliers(byte[] multipliers, int outputs)
    {
        byte[] packed = new byte[multipliers.Length];
        int groups = multipliers.Length / outputs;
        int at = 0;
        for (int first = 0; first < outputs;)
        {
            int width = PackedLayout.ColumnWidth(outputs - first);
            for (int group = 0; group < groups; group++)
            {
                for (int output = first; output < first + width; output++)
                {
                    packed[at++] = multipliers[(output * groups) + group];
                }
            }

            first += width;
        }

        return packed;
    }

    /// <summary>Bakes the multipliers of groups; nothing where there are none.</summary>
    public static string BakeMultipliers(Tensor weights, LoweringContext context)
    {
        byte[] multipliers = Int4Data.Multipliers(weights.Stored);
        return multipliers.Length == 0 ? "default" : context.Bake(weights.Name + ".multipliers", TensorType.Int8,
            Multipliers(multipliers, weights.Shape[0]),
            $"{weights.Name}, a multiplier for each {Int4Data.GroupSize} inputs");
    }
}

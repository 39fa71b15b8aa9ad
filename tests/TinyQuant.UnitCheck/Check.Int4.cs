using TinyQuant.Kernels;
using TinyQuant.Runtime.Tests;

namespace TinyQuant.UnitCheck;

/// <summary>int4 weights, as they are written out here, against the int8 kernel over plain products.</summary>
internal sealed partial class Check
{
    public void Int4()
    {
        int failures = 0;
        foreach (int outputs in (ReadOnlySpan<int>)[1, 3, 8, 10, 23, 47])
        {
            for (int depth = 1; depth <= 140; depth += 9)
            {
                failures += Int4(outputs, depth) ? 0 : 1;
            }
        }

        Report("int4", failures);
    }

    private bool Int4(int outputs, int depth)
    {
        int groups = (depth + 31) / 32;
        var input = new sbyte[depth];
        var codes = new sbyte[outputs * depth];
        var multipliers = new sbyte[outputs * groups];
        var weights = new sbyte[codes.Length];
        foreach (ref sbyte code in input.AsSpan())
        {
            code = (sbyte)_random.Next(-128, 128);
        }

        foreach (ref sbyte multiplier in multipliers.AsSpan())
        {
            multiplier = (sbyte)_random.Next(1, 19);
        }

        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = (sbyte)_random.Next(-7, 8);
            weights[i] = (sbyte)(codes[i] * multipliers[(i / depth * groups) + (i % depth / 32)]);
        }

        var expected = new sbyte[outputs];
        var actual = new sbyte[outputs];
        Requantization r = new([1 << 30], [-7], 3, -128, 127);
        FullyConnected.Int8<NarrowWeights, RequantDouble>(
            input, PackedWeights.Pack(weights, outputs, depth), new int[outputs], r, expected);
        FullyConnected.Int4<RequantDouble>(
            input, PackedWeights.PackInt4(PackedWeights.PackRows(codes, outputs, 1, depth)),
            PackedWeights.PackMultipliers(multipliers, outputs, groups),
            new int[outputs], r, new sbyte[Math.Min(outputs, 8) * ((depth + 3) & ~3)], actual);
        return actual.AsSpan().SequenceEqual(expected);
    }
}

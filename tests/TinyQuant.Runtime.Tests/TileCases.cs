using System.Runtime.InteropServices;
using TinyQuant.Kernels;
using TinyQuant.Kernels.Convolution;
using TinyQuant.Kernels.Depthwise;

namespace TinyQuant.Runtime.Tests;

/// <summary>
/// Convolutions and depthwise ones with one instruction set against plain loops; each returns how many cases differ.
/// </summary>
internal static unsafe class TileCases
{
    /// <summary>Sums of every size of tile, over segments as convolutions have them.</summary>
    /// <param name="random">Where the codes come from.</param>
    /// <param name="least">The least weight, -127 or -128.</param>
    public static int Tiles<TTile>(Random random, int least)
        where TTile : struct, ITile
    {
        int failures = 0;
        foreach (int segments in (ReadOnlySpan<int>)[1, 2, 3])
        {
            for (int length = 4; length <= 100; length += length < 40 ? 4 : 28)
            {
                failures += Tile<TTile, Rows4, Columns1>(random, least, segments, length) ? 0 : 1;
                failures += Tile<TTile, Rows4, Columns2>(random, least, segments, length) ? 0 : 1;
                if (TTile.Rows == 6)
                {
                    failures += Tile<TTile, Rows6, Columns1>(random, least, segments, length) ? 0 : 1;
                    failures += Tile<TTile, Rows6, Columns2>(random, least, segments, length) ? 0 : 1;
                }
            }
        }

        return failures;
    }

    /// <summary>Depthwise convolutions of one unit against the portable form.</summary>
    public static int Depthwise<TUnit, TSum, TGroup>(Random random)
        where TUnit : struct, IDepthwiseUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        int failures = 0;
        foreach (int channels in (ReadOnlySpan<int>)[8, 16, 24, 32, 40])
        {
            foreach ((int filter, int stride, int width) in (ReadOnlySpan<(int, int, int)>)[
                (3, 1, 5), (3, 2, 9), (5, 1, 11), (1, 1, 4), (4, 3, 38), (2, 1, 40)])
            {
                int outputs = (width + stride - 1) / stride;
                WindowGeometry g = new(1, width, width, channels, outputs, outputs, channels, filter, filter, stride,
                    stride, 1, 1, filter / 2, filter / 2);
                failures += Depthwise<TUnit, TSum, TGroup>(random, g) ? 0 : 1;
            }
        }

        return failures;
    }

    /// <summary>Whole convolutions, borders and ends of rows included, against those of the scalar tile.</summary>
    public static int Convolutions<TTile>(Random random, int least)
        where TTile : struct, ITile
    {
        int failures = 0;
        foreach (int width in (ReadOnlySpan<int>)[1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17])
        {
            foreach ((int filter, int stride, int dilation, int channels) in
                (ReadOnlySpan<(int, int, int, int)>)[
                    (1, 1, 1, 4), (1, 1, 1, 5), (1, 2, 1, 8), (3, 1, 1, 4), (3, 1, 1, 3), (3, 2, 1, 16), (2, 1, 2, 3)])
            {
                int size = ((width - 1) * stride) + 1;
                WindowGeometry g = new(
                    1, size, size, channels, width, width, 24, filter, filter, stride, stride, dilation, dilation,
                    filter / 2, filter / 2);
                failures += Convolution<TTile>(random, g, least) ? 0 : 1;
            }
        }

        return failures;
    }

    private static bool Convolution<TTile>(Random random, WindowGeometry g, int least)
        where TTile : struct, ITile
    {
        ConvolutionArgs args = new()
        {
            Geometry = g.AsOneRow(),
            Input = MemoryMarshal.AsBytes(Codes(random, g.InputHeight * g.InputRow, -128).AsSpan()),
            Weights = PackedWeights.PackRows(
                Codes(random, g.OutputChannels * g.PatchLength, least), g.OutputChannels, g.FilterHeight,
                g.FilterWidth * g.InputChannels),
            Bias = Enumerable.Range(0, g.OutputChannels).Select(_ => random.Next(-10_000, 10_000)).ToArray(),
            Padding = (sbyte)random.Next(-128, 128),
            Scratch = new byte[Conv2D.ScratchLength(g)],
            Output = new byte[g.OutputHeight * g.OutputRow],
            Requantization = new([1_500_000_000], [-8], 3, -128, 127),
        };
        ConvolutionKernel<Int8TileWriter<RequantDouble>>.Run<TileScalar>(ref args);
        byte[] expected = args.Output.ToArray();
        args.Output.Clear();
        ConvolutionKernel<Int8TileWriter<RequantDouble>>.Run<TTile>(ref args);
        return args.Output.SequenceEqual(expected);
    }

    private static bool Tile<TTile, TRows, TColumns>(Random random, int least, int segments, int length)
        where TTile : struct, ITile
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns
    {
        int outputs = 8 * TColumns.Count;
        int step = length + random.Next(3);
        sbyte[] input = Codes(random, segments * TRows.Count * step, -128);
        sbyte[] weights = Codes(random, outputs * segments * length, least);
        int[] bias = [.. Enumerable.Range(0, outputs).Select(_ => random.Next(-10_000, 10_000))];
        int[] expected = new int[TRows.Count * outputs], actual = new int[expected.Length];
        int* starts = stackalloc int[outputs];
        byte** pointers = stackalloc byte*[segments];
        fixed (sbyte* x = input, w = weights)
        fixed (int* b = bias, target = actual)
        {
            for (int segment = 0; segment < segments; segment++)
            {
                pointers[segment] = (byte*)x + (segment * TRows.Count * step);
            }

            TileArgs args = new()
            {
                Segments = pointers,
                SegmentCount = segments,
                SegmentLength = length,
                Step = step,
                Weights = w,
                Block = segments * length * 8,
                Bias = b,
                Sums = target,
            };
            for (int output = 0; TTile.Offset != 0 && output < outputs; output += 8)
            {
                TTile.Fold(w + (output / 8 * args.Block), args.Block, b + output, starts + output);
                args.Bias = starts;
            }

            TTile.Run<TRows, TColumns>(&args);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            (int row, int output) = (i / outputs, i % outputs);
            expected[i] = bias[output];
            for (int k = 0; k < segments * length; k++)
            {
                sbyte value = input[(k / length * TRows.Count * step) + (row * step) + (k % length)];
                expected[i] += value
                    * weights[(output / 8 * segments * length * 8) + (k / 4 * 32) + (output % 8 * 4) + (k % 4)];
            }
        }

        return expected.AsSpan().SequenceEqual(actual);
    }

    private static bool Depthwise<TUnit, TSum, TGroup>(Random random, WindowGeometry g)
        where TUnit : struct, IDepthwiseUnit<TSum, TGroup>
        where TSum : struct
        where TGroup : struct
    {
        int[] bias = [.. Enumerable.Range(0, g.OutputChannels).Select(_ => random.Next(-10_000, 10_000))];
        DepthwiseArgs args = new()
        {
            Geometry = g,
            Input = Codes(random, g.InputHeight * g.InputRow, -128),
            Weights = Codes(random, g.FilterHeight * g.FilterWidth * g.OutputChannels, -128),
            Bias = bias,
            InputZeroPoint = random.Next(-128, 128),
            Requantization = new([1_500_000_000], [-8], 3, -128, 127),
            Output = new sbyte[g.OutputHeight * g.OutputRow],
        };
        DepthwiseTaps.Run<RequantDouble>(ref args);
        sbyte[] expected = args.Output.ToArray();
        args.Output.Clear();
        DepthwiseKernel<RequantDouble>.Run<TUnit, TSum, TGroup>(ref args);
        return args.Output.SequenceEqual(expected);
    }

    // The least code often: its products are the largest.
    private static sbyte[] Codes(Random random, int count, int least) =>
        [.. Enumerable.Range(0, count).Select(_ => (sbyte)(random.Next(3) == 0 ? least : random.Next(least, 128)))];
}

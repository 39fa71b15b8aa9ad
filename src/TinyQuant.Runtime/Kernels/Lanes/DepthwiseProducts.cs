namespace TinyQuant.Kernels.Lanes;

/// <summary>The sums of eight channels of a tile, four positions at a time, so that each group of weights serves four.</summary>
internal static unsafe class DepthwiseProducts<TUnit, TSum, TGroup>
    where TUnit : struct, ILaneUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    /// <summary>Where the groups of an output row's first window lie: rows of the window, groups.</summary>
    public static void Point(in WindowGeometry g, LaneTile* tile)
    {
        nint reach = (nint)(tile->Plan.Reach / tile->Plan.Step) * 2 * TUnit.GroupBytes;
        byte** pointer = tile->Groups;
        for (int row = 0; row < g.FilterHeight; row++)
        {
            byte* x = tile->Row(row * g.DilationHeight);
            for (int group = 0; group < tile->Plan.Groups; group++, x += reach)
            {
                *pointer++ = x;
            }
        }
    }

    /// <summary>The sums of all positions.</summary>
    /// <param name="g">Sizes of input, output and window.</param>
    /// <param name="tile">Inputs, weights, and where the groups lie.</param>
    /// <param name="block">0 for the first eight channels, 1 for the others.</param>
    public static void Run(in WindowGeometry g, LaneTile* tile, int block)
    {
        nint step = (nint)(g.StrideWidth / tile->Plan.Step) * 2 * TUnit.GroupBytes;
        nint count = (nint)g.FilterHeight * tile->Plan.Groups;
        nint channels = tile->Blocks * 8;
        nint offset = block * TUnit.GroupBytes;
        byte** groups = tile->Groups;
        byte* weights = tile->Weights + offset;
        int* target = tile->Sums + (block * 8);
        TSum bias = TUnit.Load(tile->Bias + (block * 8));
        int positions = tile->Positions;
        for (; positions >= 4; positions -= 4, offset += 4 * step, target += 4 * channels)
        {
            TSum sum0 = bias, sum1 = bias, sum2 = bias, sum3 = bias;
            byte* w = weights;
            for (nint i = 0; i < count; i++, w += 2 * TUnit.GroupBytes)
            {
                byte* x = groups[i] + offset;
                byte* y = x + (2 * step);
                TGroup group = TUnit.Load(w);
                sum0 = TUnit.Add(sum0, x, group);
                sum1 = TUnit.Add(sum1, x + step, group);
                sum2 = TUnit.Add(sum2, y, group);
                sum3 = TUnit.Add(sum3, y + step, group);
            }

            TUnit.Store(sum0, target);
            TUnit.Store(sum1, target + channels);
            TUnit.Store(sum2, target + (2 * channels));
            TUnit.Store(sum3, target + (3 * channels));
        }

        for (; positions > 0; positions--, offset += step, target += channels)
        {
            TSum sum = bias;
            byte* w = weights;
            for (nint i = 0; i < count; i++, w += 2 * TUnit.GroupBytes)
            {
                sum = TUnit.Add(sum, groups[i] + offset, TUnit.Load(w));
            }

            TUnit.Store(sum, target);
        }
    }
}

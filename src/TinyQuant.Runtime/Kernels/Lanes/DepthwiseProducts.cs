namespace TinyQuant.Kernels.Lanes;

/// <summary>The sums of eight channels of a tile, four positions at a time, so that each group of weights serves four.</summary>
internal static unsafe class DepthwiseProducts<TUnit, TSum, TGroup>
    where TUnit : struct, ILaneUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    /// <summary>Where the groups of the first window lie, and how far from there those of the others.</summary>
    public static void Point(in WindowGeometry g, LaneTile* tile)
    {
        nint reach = (nint)(tile->Plan.Reach / tile->Plan.Step) * tile->Plan.GroupBytes;
        byte** pointer = tile->Groups;
        for (int row = 0; row < g.FilterHeight; row++)
        {
            byte* x = tile->Inputs + ((nint)row * g.DilationHeight * tile->RowBytes);
            for (int group = 0; group < tile->Plan.Groups; group++, x += reach)
            {
                *pointer++ = x;
            }
        }

        nint step = (nint)(g.StrideWidth / tile->Plan.Step) * tile->Plan.GroupBytes;
        nint* offset = tile->Offsets;
        for (int row = 0; row < tile->Height; row++)
        {
            for (int column = 0; column < tile->Width; column++)
            {
                *offset++ = ((nint)row * g.StrideHeight * tile->RowBytes) + (column * step);
            }
        }
    }

    /// <summary>The sums of all positions.</summary>
    /// <param name="tile">Inputs, weights, and where the groups lie.</param>
    /// <param name="count">Groups of a window.</param>
    /// <param name="shift">How far from where the groups point the first row's lie.</param>
    /// <param name="block">0 for the first eight channels, 1 for the others.</param>
    public static void Run(LaneTile* tile, nint count, nint shift, int block)
    {
        nint channels = tile->Blocks * 8;
        shift += block * TUnit.GroupBytes;
        int positions = tile->Positions;
        int* sums = tile->Sums + (block * 8);
        byte** groups = tile->Groups;
        byte* weights = tile->Weights + (block * TUnit.GroupBytes);
        TSum bias = TUnit.Load(tile->Bias + (block * 8));
        for (int position = 0; position < positions;)
        {
            // The last four overlap those before them.
            int first = positions < 4 ? position : Math.Min(position, positions - 4);
            nint* offsets = tile->Offsets + first;
            nint block0 = offsets[0] + shift;
            if (positions < 4)
            {
                One(sums + (first * channels), groups, block0, weights, count, bias);
                position++;
                continue;
            }

            nint block1 = offsets[1] + shift;
            nint block2 = offsets[2] + shift;
            nint block3 = offsets[3] + shift;
            TSum sum0 = bias, sum1 = bias, sum2 = bias, sum3 = bias;
            byte* w = weights;
            for (nint i = 0; i < count; i++, w += 2 * TUnit.GroupBytes)
            {
                byte* x = groups[i];
                TGroup group = TUnit.Load(w);
                sum0 = TUnit.Add(sum0, x + block0, group);
                sum1 = TUnit.Add(sum1, x + block1, group);
                sum2 = TUnit.Add(sum2, x + block2, group);
                sum3 = TUnit.Add(sum3, x + block3, group);
            }

            int* target = sums + (first * channels);
            TUnit.Store(sum0, target);
            TUnit.Store(sum1, target + channels);
            TUnit.Store(sum2, target + (2 * channels));
            TUnit.Store(sum3, target + (3 * channels));
            position = first + 4;
        }
    }

    private static void One(int* target, byte** groups, nint offset, byte* weights, nint count, TSum sum)
    {
        for (nint i = 0; i < count; i++, weights += 2 * TUnit.GroupBytes)
        {
            sum = TUnit.Add(sum, groups[i] + offset, TUnit.Load(weights));
        }

        TUnit.Store(sum, target);
    }
}

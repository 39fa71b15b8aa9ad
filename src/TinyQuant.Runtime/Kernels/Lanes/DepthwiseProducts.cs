namespace TinyQuant.Kernels.Lanes;

/// <summary>The sums of eight channels of a tile, four positions at a time, so that each group of weights serves four.</summary>
internal static unsafe class DepthwiseProducts<TUnit, TSum, TGroup>
    where TUnit : struct, ILaneUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    public static void Run(in WindowGeometry g, LaneTile* tile, int block)
    {
        int group = tile->Blocks * TUnit.GroupBytes;
        nint tap = (nint)g.DilationWidth * group;
        nint step = (nint)g.StrideWidth * group;
        nint band = (nint)tile->Columns * group;
        int bands = tile->Plan.Bands;
        int taps = g.FilterWidth;
        byte* inputs = tile->Inputs + (block * TUnit.GroupBytes);
        byte* weights = tile->Weights + (block * TUnit.GroupBytes);
        int* target = tile->Sums + (block * 8);
        nint channels = tile->Blocks * 8;
        TSum bias = TUnit.Load(tile->Bias + (block * 8));
        int position = 0;
        for (; position <= tile->Positions - 4; position += 4, inputs += 4 * step, target += 4 * channels)
        {
            TSum sum0 = bias, sum1 = bias, sum2 = bias, sum3 = bias;
            byte* w = weights;
            for (int b = 0; b < bands; b++)
            {
                byte* x = inputs + (b * band);
                byte* y = x + (2 * step);
                for (int k = 0; k < taps; k++, x += tap, y += tap, w += group)
                {
                    TGroup wk = TUnit.Load(w);
                    sum0 = TUnit.Add(sum0, x, wk);
                    sum1 = TUnit.Add(sum1, x + step, wk);
                    sum2 = TUnit.Add(sum2, y, wk);
                    sum3 = TUnit.Add(sum3, y + step, wk);
                }
            }

            TUnit.Store(sum0, target);
            TUnit.Store(sum1, target + channels);
            TUnit.Store(sum2, target + (2 * channels));
            TUnit.Store(sum3, target + (3 * channels));
        }

        for (; position < tile->Positions; position++, inputs += step, target += channels)
        {
            TSum sum = bias;
            byte* w = weights;
            for (int b = 0; b < bands; b++)
            {
                byte* x = inputs + (b * band);
                for (int k = 0; k < taps; k++, x += tap, w += group)
                {
                    sum = TUnit.Add(sum, x, TUnit.Load(w));
                }
            }

            TUnit.Store(sum, target);
        }
    }
}

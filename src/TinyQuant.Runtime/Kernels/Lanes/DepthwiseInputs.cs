using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TinyQuant.Kernels.Lanes;

/// <summary>The inputs of a tile's windows, interleaved; the zero point where they lie outside.</summary>
internal static unsafe class DepthwiseInputs<TUnit, TSum, TGroup>
    where TUnit : struct, ILaneUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    /// <summary>Writes the columns from <paramref name="left"/> on, for the windows of an output row.</summary>
    [SkipLocalsInit]
    public static void Load(ref DepthwiseArgs args, LaneTile* tile, int outputRow, int left)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        sbyte* outside = stackalloc sbyte[LanePlan.Channels];
        new Span<sbyte>(outside, LanePlan.Channels).Fill((sbyte)args.InputZeroPoint);
        int first = Math.Clamp(-left, 0, tile->Columns);
        int last = Math.Clamp(g.InputWidth - left, first, tile->Columns);
        int column = tile->Blocks * TUnit.GroupBytes;
        int top = g.FirstRow(outputRow);
        byte* target = tile->Inputs;
        RowPointers all = new() { Row0 = outside, Row1 = outside, Row2 = outside, Row3 = outside };
        for (int band = 0; band < tile->Plan.Bands; band++)
        {
            RowPointers rows = all;
            RowPointers steps = default;
            for (int i = 0; i < TUnit.Rows; i++)
            {
                int tap = (band * TUnit.Rows) + i;
                int row = top + (tap * g.DilationHeight);
                if (tap < g.FilterHeight && (uint)row < (uint)g.InputHeight)
                {
                    sbyte* start = (sbyte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(args.Window.Row(row)));
                    rows.Set(i, start + ((nint)(left + first) * g.InputChannels) + tile->First);
                    steps.Set(i, (sbyte*)g.InputChannels);
                }
            }

            Columns(all, default, tile->Blocks, first, target);
            Columns(rows, steps, tile->Blocks, last - first, target + (first * column));
            Columns(all, default, tile->Blocks, tile->Columns - last, target + (last * column));
            target += tile->Columns * column;
        }
    }

    private static void Columns(RowPointers rows, RowPointers steps, int blocks, int count, byte* target)
    {
        nint step0 = (nint)steps.Row0, step1 = (nint)steps.Row1, step2 = (nint)steps.Row2, step3 = (nint)steps.Row3;
        for (int column = 0; column < count; column++)
        {
            TUnit.InterleaveInputs(rows, target);
            target += TUnit.GroupBytes;
            if (blocks == 2)
            {
                RowPointers next = new() { Row0 = rows.Row0 + 8, Row1 = rows.Row1 + 8, Row2 = rows.Row2 + 8, Row3 = rows.Row3 + 8 };
                TUnit.InterleaveInputs(next, target);
                target += TUnit.GroupBytes;
            }

            rows.Row0 += step0;
            rows.Row1 += step1;
            rows.Row2 += step2;
            rows.Row3 += step3;
        }
    }
}

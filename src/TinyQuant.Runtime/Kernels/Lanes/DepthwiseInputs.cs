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
    public static void Load(ref DepthwiseArgs args, LaneTile* tile, int outputRow, int left)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        int first = Math.Clamp(-left, 0, tile->Columns);
        int last = Math.Clamp(g.InputWidth - left, first, tile->Columns);
        nint start = ((nint)(left + first) * g.InputChannels) + tile->First;
        int column = tile->Blocks * TUnit.GroupBytes;
        int top = g.FirstRow(outputRow);
        byte* target = tile->Inputs;
        RowPointers outside = new() { Row0 = tile->Outside, Row1 = tile->Outside, Row2 = tile->Outside, Row3 = tile->Outside };
        RowPointers rows, steps;
        sbyte** row = &rows.Row0;
        nint* step = (nint*)&steps.Row0;
        for (int band = 0; band < tile->Plan.Bands; band++)
        {
            rows = outside;
            steps = default;
            for (int i = 0; i < TUnit.Rows; i++)
            {
                int tap = (band * TUnit.Rows) + i;
                int index = top + (tap * g.DilationHeight);
                if (tap < g.FilterHeight && (uint)index < (uint)g.InputHeight)
                {
                    row[i] = (sbyte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(args.Window.Row(index))) + start;
                    step[i] = g.InputChannels;
                }
            }

            Columns(outside, default, tile->Blocks, first, target);
            Columns(rows, steps, tile->Blocks, last - first, target + (first * column));
            Columns(outside, default, tile->Blocks, tile->Columns - last, target + (last * column));
            target += tile->Columns * column;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(RowPointers rows, RowPointers steps, int blocks, int count, byte* target)
    {
        if (count <= 0)
        {
            return;
        }

        if (blocks == 2)
        {
            Columns16(rows, steps, count, target);
        }
        else
        {
            Columns8(rows, steps, count, target);
        }
    }

    private static void Columns16(RowPointers rows, RowPointers steps, int count, byte* target)
    {
        for (; count > 0; count--, target += 2 * TUnit.GroupBytes)
        {
            TUnit.InterleaveInputs16(rows, target);
            Step(ref rows, steps);
        }
    }

    private static void Columns8(RowPointers rows, RowPointers steps, int count, byte* target)
    {
        for (; count > 0; count--, target += TUnit.GroupBytes)
        {
            TUnit.InterleaveInputs(rows, target);
            Step(ref rows, steps);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(ref RowPointers rows, in RowPointers steps)
    {
        rows.Row0 += (nint)steps.Row0;
        rows.Row1 += (nint)steps.Row1;
        rows.Row2 += (nint)steps.Row2;
        rows.Row3 += (nint)steps.Row3;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Tiles;

namespace TinyQuant.Kernels.Lanes;

/// <summary>The inputs of a tile's windows, interleaved, each row of the input once; the zero point where they lie outside.</summary>
internal static unsafe class DepthwiseInputs<TUnit, TSum, TGroup>
    where TUnit : struct, ILaneUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    /// <summary>
    /// Makes the rows under the windows of some output rows ready, and returns how far from the buffer's start they lie. Rows
    /// that are still needed move to the start where the buffer is full.
    /// </summary>
    public static nint MoveTo(ref DepthwiseArgs args, LaneTile* tile, int outputRow)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        int top = g.FirstRow(outputRow);
        int end = top + tile->Plan.InputRows(g, tile->Height);
        int next = Math.Max(top, tile->NextRow);
        if (end - tile->TopRow > LanePlan.InputBytes / tile->RowBytes)
        {
            sbyte* kept = (sbyte*)tile->Inputs + ((nint)(top - tile->TopRow) * tile->RowBytes);
            Bytes.Copy(kept, (sbyte*)tile->Inputs, (nint)(next - top) * tile->RowBytes);
            tile->TopRow = top;
        }

        for (; next < end; next++)
        {
            Copy(ref args, tile, next);
            Interleave(g, tile, tile->Inputs + ((nint)(next - tile->TopRow) * tile->RowBytes));
        }

        tile->NextRow = next;
        return (nint)(top - tile->TopRow) * tile->RowBytes;
    }

    // The row's channels side by side, from the leftmost column of a window to the rightmost.
    private static void Copy(ref DepthwiseArgs args, LaneTile* tile, int row)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        int left = g.FirstColumn(tile->Column);
        int columns = tile->Plan.LineColumns(g, tile->Width);
        int first = Math.Clamp(-left, 0, columns);
        int last = (uint)row < (uint)g.InputHeight ? Math.Clamp(g.InputWidth - left, first, columns) : first;
        sbyte* line = tile->Line;
        sbyte outside = (sbyte)(args.InputZeroPoint ^ TUnit.Offset);
        Bytes.Fill(line, outside, first * LanePlan.Channels);
        if (last > first)
        {
            sbyte* source = (sbyte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(args.Window.Row(row)))
                + ((nint)(left + first) * g.InputChannels) + tile->First;
            Channels(source, g.InputChannels, tile->Blocks, line + (first * LanePlan.Channels), last - first);
        }

        Bytes.Fill(line + (last * LanePlan.Channels), outside, (columns - last) * LanePlan.Channels);
    }

    private static void Channels(sbyte* source, nint step, int blocks, sbyte* line, int columns)
    {
        Vector128<sbyte> flip = Vector128.Create((sbyte)TUnit.Offset);
        for (; columns > 0; columns--, source += step, line += LanePlan.Channels)
        {
            Vector128<sbyte> codes = blocks == 2 ? Vector128.Load(source) : Vector128.CreateScalarUnsafe(*(long*)source).AsSByte();
            (codes ^ flip).Store(line);
        }
    }

    private static void Interleave(in WindowGeometry g, LaneTile* tile, byte* target)
    {
        nint dilation = (nint)g.DilationWidth * LanePlan.Channels;
        nint step = (nint)tile->Plan.Step * LanePlan.Channels;
        sbyte* line = tile->Line;
        for (int column = tile->RowBytes / tile->Plan.GroupBytes; column > 0; column--, line += step, target += 2 * TUnit.GroupBytes)
        {
            TUnit.Interleave(line, dilation, target);
        }
    }
}

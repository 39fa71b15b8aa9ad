using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>The inputs of a tile's windows, interleaved; the zero point where they lie outside.</summary>
internal static unsafe class DepthwiseInputs
{
    /// <summary>
    /// The most columns at the end of the input from which 32 bytes cannot be read: eight channels are the fewest.
    /// </summary>
    public const int MostEnds = (DepthwisePlan.Lanes / 8) - 1;

    /// <summary>
    /// Begins with the windows of some columns. What lies left and right of the input is the same for all rows.
    /// </summary>
    public static void Start(ref DepthwiseArgs args, DepthwiseTile* tile, int column, int outputRows)
    {
        ref readonly WindowGeometry g = ref args.Geometry;
        int left = g.FirstColumn(column);
        tile->Column = column;
        tile->Width = Math.Min(tile->Plan.Positions, g.OutputWidth - column);
        int columns = tile->Plan.Columns(g, tile->Width);
        tile->ColumnBytes = tile->Plan.ColumnGroups * tile->Plan.GroupBytes;
        tile->BandBytes = columns * tile->ColumnBytes;
        tile->PositionBytes = g.StrideWidth * tile->ColumnBytes;
        tile->FirstInside = Math.Clamp(-left, 0, columns);
        tile->LastInside = Math.Clamp(g.InputWidth - left, tile->FirstInside, columns);
        ReadOnlySpan<sbyte> rows = args.Window.Rows;
        var first = (sbyte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(rows));
        tile->LastPlace = first + rows.Length - DepthwisePlan.Lanes;
        tile->Image = first + ((left + (nint)tile->FirstInside) * g.InputChannels) + tile->First;
        PointToGroups(g, tile);
        Vector256.Create((sbyte)args.InputZeroPoint).Store(tile->Outside);
        for (int row = 0; row < DepthwiseTile.GroupRows; row++)
        {
            tile->Rows[row] = tile->Outside;
            tile->Steps[row] = 0;
        }

        byte* target = tile->Inputs;
        int groups = tile->Plan.ColumnGroups, groupBytes = tile->Plan.GroupBytes;
        for (; outputRows > 0; outputRows -= tile->Plan.Sharing, target += tile->BandBytes)
        {
            tile->Methods.Interleave(tile, target, groupBytes, tile->FirstInside * groups);
            tile->Methods.Interleave(tile, target + (tile->LastInside * tile->ColumnBytes), groupBytes,
                (columns - tile->LastInside) * groups);
        }
    }

    /// <summary>Makes the inputs of some rows of the output ready.</summary>
    public static void MoveTo(in WindowGeometry g, DepthwiseTile* tile, int outputRow, int outputRows)
    {
        int sharing = tile->Plan.Sharing;
        tile->Bands = (outputRows + sharing - 1) / sharing;
        byte* target = tile->Inputs + (tile->FirstInside * tile->ColumnBytes);
        for (int band = tile->Bands; band > 0; band--, outputRow += sharing, target += tile->BandBytes)
        {
            int row = g.FirstRow(outputRow);
            byte* end = target + tile->ColumnBytes;
            for (byte* group = target; group < end; group += tile->Plan.GroupBytes)
            {
                row = Interleave(g, tile, row, group);
            }
        }
    }

    private static void PointToGroups(in WindowGeometry g, DepthwiseTile* tile)
    {
        nint* groups = tile->Groups;
        for (int column = 0; column < g.FilterWidth; column++)
        {
            for (int group = 0; group < tile->Plan.ColumnGroups; group++)
            {
                *groups++ = (column * g.DilationWidth * tile->ColumnBytes) + (group * tile->Plan.GroupBytes);
            }
        }

        // Groups without weight may be anywhere.
        for (; groups < tile->Groups + tile->Plan.Groups; groups++)
        {
            *groups = 0;
        }
    }

    // The columns inside of a group's rows; returns the row below. Rows that a window has not may be any.
    private static int Interleave(in WindowGeometry g, DepthwiseTile* tile, int row, byte* target)
    {
        int dilation = g.DilationHeight, height = g.InputHeight;
        int ring = tile->RingRows == 0 ? height : tile->RingRows;
        int columns = tile->LastInside - tile->FirstInside;
        nint rowBytes = g.InputRow;
        nint step = g.InputChannels;
        sbyte* outside = tile->Outside, image = tile->Image, last = image;
        sbyte** rows = tile->Rows;
        nint* steps = tile->Steps;
        for (int i = tile->Methods.GroupRows; i > 0; i--, row += dilation)
        {
            sbyte* pointer = outside;
            nint bytes = 0;
            if ((uint)row < (uint)height)
            {
                pointer = image + ((row < ring ? row : row % ring) * rowBytes);
                bytes = step;
                last = pointer > last ? pointer : last;
            }

            *rows++ = pointer;
            *steps++ = bytes;
        }

        int whole = columns;
        if (last + ((columns - 1) * step) > tile->LastPlace)
        {
            whole = Math.Max(columns - MostEnds, 0);
        }

        tile->Methods.Interleave(tile, target, tile->ColumnBytes, whole);
        if (whole < columns)
        {
            CopyEnds(tile, whole, columns);
            tile->Methods.Interleave(tile, target + (whole * tile->ColumnBytes), tile->ColumnBytes, columns - whole);
        }

        return row;
    }

    // From the last columns not more than the channels may be read.
    private static void CopyEnds(DepthwiseTile* tile, int first, int columns)
    {
        sbyte* end = tile->Ends;
        for (int row = 0; row < tile->Methods.GroupRows; row++, end += MostEnds * DepthwisePlan.Lanes)
        {
            for (int column = first; column < columns; column++)
            {
                sbyte* source = tile->Rows[row] + (column * tile->Steps[row]);
                for (int channel = 0; channel < tile->Plan.Channels; channel += 8)
                {
                    *(long*)(end + ((column - first) * DepthwisePlan.Lanes) + channel) = *(long*)(source + channel);
                }
            }

            tile->Rows[row] = end;
            tile->Steps[row] = DepthwisePlan.Lanes;
        }
    }
}

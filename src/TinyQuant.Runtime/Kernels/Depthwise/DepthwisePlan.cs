namespace TinyQuant.Kernels.Depthwise;

/// <summary>How the rows of a window are cut into groups, and how many positions share the buffers.</summary>
internal readonly struct DepthwisePlan
{
    /// <summary>Lanes at a time: a position's channels, or of its last ones fewer.</summary>
    public const int Lanes = 32;

    /// <summary>Bytes of interleaved inputs, and sums: on the stack, and in the first-level cache.</summary>
    public const int InputBytes = 16384, Sums = 2048;

    /// <summary>The most groups of weights.</summary>
    public const int MostGroups = 48;

    /// <summary>
    /// Groups whose weights are in registers together: a window has a multiple of them, the last ones without weight.
    /// </summary>
    public const int Together = 3;

    /// <param name="g">Sizes of input, output and window.</param>
    /// <param name="channels">Channels at a time: 8, 16, 24 or 32.</param>
    /// <param name="groupRows">Rows of a group.</param>
    /// <param name="groupBytes">Bytes of a group of 32 lanes.</param>
    /// <param name="mostSharing">The most output rows whose windows read the same groups, 1 or 2.</param>
    public DepthwisePlan(in WindowGeometry g, int channels, int groupRows, int groupBytes, int mostSharing)
    {
        Channels = channels;
        GroupBytes = groupBytes;
        ColumnGroups = (g.FilterHeight + groupRows - 1) / groupRows;

        // The next window lies a stride lower in the same groups, where they have rows for it.
        bool isShared = Math.Min(mostSharing, g.OutputHeight) == 2 && g.DilationHeight == 1
            && (long)g.FilterHeight + g.StrideHeight <= (long)ColumnGroups * groupRows;
        Sharing = isShared ? 2 : 1;
        SumLanes = isShared ? channels : (channels + 15) & ~15;
        long groups = (((long)ColumnGroups * g.FilterWidth) + Together - 1) / Together * Together;
        long extent = (g.FilterWidth - 1L) * g.DilationWidth;
        long columns = InputBytes / ((long)ColumnGroups * groupBytes);
        if (groups * Sharing > MostGroups || columns <= extent)
        {
            return;
        }

        Groups = (int)groups;
        Extent = (int)extent;
        int most = Sums / SumLanes / Sharing;
        Positions = Math.Min(most, (((int)columns - Extent - 1) / g.StrideWidth) + 1);
        OutputRows = Sharing;
        if (Positions >= g.OutputWidth)
        {
            // Narrow outputs: some whole rows at a time, as equal in number as can be.
            Positions = g.OutputWidth;
            int bands = Math.Max(1, Math.Min(most / Positions, (int)columns / Columns(g, Positions)));
            int all = (g.OutputHeight + Sharing - 1) / Sharing;
            int batches = (all + bands - 1) / bands;
            OutputRows = (all + batches - 1) / batches * Sharing;
        }
    }

    /// <summary>Channels at a time.</summary>
    public int Channels { get; }

    /// <summary>Sums of a position: those of the channels, or of some more.</summary>
    public int SumLanes { get; }

    /// <summary>Bytes of a group of 32 lanes.</summary>
    public int GroupBytes { get; }

    /// <summary>Groups of one column of a window.</summary>
    public int ColumnGroups { get; }

    /// <summary>Output rows whose windows read the same groups, each with weights of its own.</summary>
    public int Sharing { get; }

    /// <summary>Groups of a window.</summary>
    public int Groups { get; }

    /// <summary>Columns from the first to the last one of a window.</summary>
    public int Extent { get; }

    /// <summary>Positions of a row at a time; 0 where the window is too large for the buffers.</summary>
    public int Positions { get; }

    /// <summary>Rows of the output at a time.</summary>
    public int OutputRows { get; }

    /// <summary>Columns of the input under the windows of some positions.</summary>
    public int Columns(in WindowGeometry g, int positions) => ((positions - 1) * g.StrideWidth) + Extent + 1;
}

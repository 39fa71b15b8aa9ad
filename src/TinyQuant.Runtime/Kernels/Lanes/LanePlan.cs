namespace TinyQuant.Kernels.Lanes;

/// <summary>How the columns of a window are cut into groups, and how many positions share the buffers.</summary>
internal readonly struct LanePlan
{
    /// <summary>Bytes of interleaved inputs and weights, and of a line of inputs: on the stack, and in the first-level cache.</summary>
    public const int InputBytes = 16384, WeightBytes = 4096, LineBytes = 4096;

    /// <summary>The most positions at a time.</summary>
    public const int MostPositions = 32;

    /// <summary>Channels at a time, as two blocks of eight.</summary>
    public const int Channels = 16;

    /// <param name="g">Sizes of input, output and window.</param>
    /// <param name="columns">Columns of a group.</param>
    /// <param name="groupBytes">Bytes of a group of eight channels.</param>
    public LanePlan(in WindowGeometry g, int columns, int groupBytes)
    {
        Groups = (g.FilterWidth + columns - 1) / columns;
        Rows = ((g.FilterHeight - 1) * g.DilationHeight) + 1;
        Reach = columns * g.DilationWidth;

        // Where groups begin a stride apart, the columns between begin none.
        Step = Groups == 1 || Reach % g.StrideWidth == 0 ? g.StrideWidth : 1;
        Extent = (((Groups * columns) - 1) * g.DilationWidth) + 1;
        GroupBytes = 2 * groupBytes;
        bool fits = Groups * (long)g.FilterHeight * GroupBytes <= WeightBytes && Rows <= InputBytes / GroupBytes
            && Extent <= LineBytes / Channels;
        Positions = fits ? MostPositions : 0;
        while (Positions > 0 && !Fits(g, Positions, 1))
        {
            Positions--;
        }

        // Narrow outputs: some whole rows at a time, as equal in number as can be.
        OutputRows = 1;
        if (Positions >= g.OutputWidth)
        {
            Positions = g.OutputWidth;
            int most = Math.Min(g.OutputHeight, MostPositions / g.OutputWidth);
            while (most > 1 && !Fits(g, Positions, most))
            {
                most--;
            }

            int batches = (g.OutputHeight + most - 1) / most;
            OutputRows = (g.OutputHeight + batches - 1) / batches;
        }
    }

    /// <summary>Groups in the width of the window.</summary>
    public int Groups { get; }

    /// <summary>Rows of the input that a window covers, those between its own included.</summary>
    public int Rows { get; }

    /// <summary>Columns from one group to the next.</summary>
    public int Reach { get; }

    /// <summary>Columns from one interleaved column to the next.</summary>
    public int Step { get; }

    /// <summary>Columns that the groups of a window cover.</summary>
    public int Extent { get; }

    /// <summary>Positions of a row at a time; 0 where the window is too large for the buffers.</summary>
    public int Positions { get; }

    /// <summary>Rows of the output at a time.</summary>
    public int OutputRows { get; }

    /// <summary>Bytes of a group of sixteen channels.</summary>
    public int GroupBytes { get; }

    /// <summary>Rows of the input under the windows of some rows of the output.</summary>
    public int InputRows(in WindowGeometry g, int outputRows) => ((outputRows - 1) * g.StrideHeight) + Rows;

    /// <summary>Interleaved columns for some positions.</summary>
    public int InterleavedColumns(in WindowGeometry g, int positions) =>
        ((((positions - 1) * g.StrideWidth) + ((Groups - 1) * Reach)) / Step) + 1;

    /// <summary>Columns of the input for some positions.</summary>
    public int LineColumns(in WindowGeometry g, int positions) => ((positions - 1) * g.StrideWidth) + Extent;

    private bool Fits(in WindowGeometry g, int positions, int outputRows) =>
        (long)InputRows(g, outputRows) * InterleavedColumns(g, positions) * GroupBytes <= InputBytes
        && LineColumns(g, positions) <= LineBytes / Channels;
}

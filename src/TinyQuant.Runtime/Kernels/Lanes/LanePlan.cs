namespace TinyQuant.Kernels.Lanes;

/// <summary>How the columns of a window are cut into groups, and how many positions share the buffers.</summary>
internal readonly struct LanePlan
{
    /// <summary>Bytes of interleaved inputs and weights, and of a line of inputs: on the stack, and in the first-level cache.</summary>
    public const int InputBytes = 8192, WeightBytes = 4096, LineBytes = 4096;

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
        long pair = 2L * groupBytes;
        bool fits = Groups * (long)g.FilterHeight * pair <= WeightBytes && Rows <= InputBytes / pair && Extent <= LineBytes / Channels;
        Positions = MostPositions;
        while (Positions > 0 && !(fits && Rows * InterleavedColumns(g, Positions) * pair <= InputBytes
            && LineColumns(g, Positions) <= LineBytes / Channels))
        {
            Positions--;
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

    /// <summary>Interleaved columns for some positions.</summary>
    public int InterleavedColumns(in WindowGeometry g, int positions) =>
        ((((positions - 1) * g.StrideWidth) + ((Groups - 1) * Reach)) / Step) + 1;

    /// <summary>Columns of the input for some positions.</summary>
    public int LineColumns(in WindowGeometry g, int positions) => ((positions - 1) * g.StrideWidth) + Extent;
}

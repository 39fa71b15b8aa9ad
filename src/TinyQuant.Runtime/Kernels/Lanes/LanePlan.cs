namespace TinyQuant.Kernels.Lanes;

/// <summary>How the rows of a window are cut into groups, and how many positions share a buffer of interleaved inputs.</summary>
internal readonly struct LanePlan
{
    /// <summary>Bytes of interleaved inputs, and of weights: on the stack, and in the first-level cache.</summary>
    public const int InputBytes = 8192, WeightBytes = 4096;

    /// <summary>The most positions at a time.</summary>
    public const int MostPositions = 32;

    /// <summary>Channels at a time, as two blocks of eight.</summary>
    public const int Channels = 16;

    /// <param name="g">Sizes of input, output and window.</param>
    /// <param name="rows">Rows of a group.</param>
    /// <param name="groupBytes">Bytes of a group of eight channels.</param>
    public LanePlan(in WindowGeometry g, int rows, int groupBytes)
    {
        Bands = (g.FilterHeight + rows - 1) / rows;
        int column = Bands * 2 * groupBytes;
        int weights = column * g.FilterWidth;
        int columns = weights > WeightBytes ? 0 : InputBytes / column;
        int left = columns - (((g.FilterWidth - 1) * g.DilationWidth) + 1);
        Positions = left < 0 ? 0 : Math.Min(MostPositions, (left / g.StrideWidth) + 1);
    }

    /// <summary>Groups in the height of the window.</summary>
    public int Bands { get; }

    /// <summary>Positions of a row at a time; 0 where the window is too large for the buffers.</summary>
    public int Positions { get; }
}

using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Int4;

/// <summary>How many outputs are computed at a time.</summary>
internal static class Blocks
{
    /// <summary>Outputs of a dense layer at a time: fewer than 32, so that their weights are columns of 8 and less.</summary>
    public const int Most = 24;

    /// <summary>All outputs where there is room for them, else a multiple of 8.</summary>
    /// <param name="outputs">Outputs of the layer.</param>
    /// <param name="room">Outputs that there is room for.</param>
    /// <exception cref="ArgumentException">It is less than 8.</exception>
    public static int Outputs(int outputs, int room)
    {
        int most = room >= outputs ? outputs : room & ~7;
        Lengths.AtLeast(most, 1, "block", "outputs and the depth");
        return most;
    }
}

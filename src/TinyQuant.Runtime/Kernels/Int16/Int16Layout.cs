namespace TinyQuant.Kernels.Int16;

/// <summary>How int16 codes lie that are multiplied by weights: zeros behind them, up to a whole step.</summary>
/// <remarks>Part of the generator too, which plans the room for them.</remarks>
internal static class Int16Layout
{
    /// <summary>Codes of a step of the widest vectors.</summary>
    private const int Step = 16;

    /// <summary>The codes of a row with the zeros behind them.</summary>
    public static int Padded(int depth) => (depth + Step - 1) / Step * Step;
}

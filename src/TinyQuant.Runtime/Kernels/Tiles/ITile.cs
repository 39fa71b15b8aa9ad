namespace TinyQuant.Kernels.Tiles;

/// <summary>
/// One instruction set's way to multiply several positions with several outputs at once, so that each weight that is
/// loaded serves several positions and each input several outputs.
/// </summary>
internal unsafe interface ITile
{
    /// <summary>The most positions it takes at once: 6 or 4.</summary>
    static abstract int Rows { get; }

    /// <summary>True if sums come out too large by an amount that depends on the position alone, which the caller takes from <see cref="Excess"/>.</summary>
    static abstract bool HasExcess { get; }

    /// <summary>The amount for one position: the inputs are <paramref name="args"/>' segments, <paramref name="offset"/> bytes on.</summary>
    static abstract int Excess(TileArgs* args, nint offset);

    /// <summary>
    /// <c>sums[row, o] = bias[o] − excess[row] + Σ weights[o, i] · input[row, i]</c>, wrapping, for
    /// <typeparamref name="TRows"/> positions and 8 times <typeparamref name="TColumns"/> outputs.
    /// </summary>
    static abstract void Run<TRows, TColumns>(TileArgs* args)
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns;
}

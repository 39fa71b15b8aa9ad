namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// One instruction set's way to multiply several positions with several outputs at once, so that each weight that is
/// loaded serves several positions and each input several outputs.
/// </summary>
internal unsafe interface ITile
{
    /// <summary>The most positions it takes at once: 6 or 4.</summary>
    static abstract int Rows { get; }

    /// <summary>What it adds to each input: 128 where it multiplies unsigned bytes, else 0.</summary>
    static abstract int Offset { get; }

    /// <summary>
    /// Takes <see cref="Offset"/> · Σw from the bias of eight outputs: what sums begin with. Not called where the
    /// offset is 0.
    /// </summary>
    /// <param name="weights">Their packed weights, <paramref name="length"/> bytes.</param>
    /// <param name="length">A multiple of 32.</param>
    /// <param name="bias">Eight.</param>
    /// <param name="target">Eight.</param>
    static abstract void Fold(sbyte* weights, nint length, int* bias, int* target);

    /// <summary>
    /// <c>sums[row, o] = bias[o] + Σ weights[o, i] · input[row, i]</c>, wrapping, for
    /// <typeparamref name="TRows"/> positions and 8 times <typeparamref name="TColumns"/> outputs.
    /// </summary>
    static abstract void Run<TRows, TColumns>(TileArgs* args)
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns;
}

using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// One instruction set's way to multiply four bytes of a position, which are four int8 inputs or one float32, with the
/// weights of eight outputs.
/// </summary>
/// <remarks>
/// Every member is <c>AggressiveInlining</c>, as those of <see cref="IDotUnit{TSum, TInput}"/> are, and for the same
/// reason.
/// </remarks>
/// <typeparam name="TSum">Sums of eight outputs.</typeparam>
/// <typeparam name="TInput">The four bytes, beside the weights of each output.</typeparam>
/// <typeparam name="TWeights">The weights of four bytes for each of 8 outputs: 32 bytes.</typeparam>
internal unsafe interface IFourBytes<TSum, TInput, TWeights>
    where TSum : struct
    where TInput : struct
    where TWeights : struct
{
    /// <inheritdoc cref="ITile.Rows"/>
    static abstract int Rows { get; }

    /// <inheritdoc cref="ITile.Offset"/>
    static abstract int Offset { get; }

    /// <inheritdoc cref="ITile.Fold"/>
    static abstract void Fold(sbyte* weights, nint length, int* bias, int* target);

    /// <summary>What sums of eight outputs begin with.</summary>
    static abstract TSum Start(int* bias);

    /// <summary>Writes eight finished sums.</summary>
    static abstract void Finish(TSum sum, int* bias, int* target);

    static abstract TWeights Weights(sbyte* weights);

    /// <summary>The same four bytes for all outputs.</summary>
    static abstract TInput Broadcast(byte* input);

    static abstract TSum Add(TSum sum, TInput input, TWeights weights);
}

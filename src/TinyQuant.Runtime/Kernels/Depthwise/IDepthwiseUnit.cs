using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>
/// One instruction set's way to multiply channel by channel: a group is some rows of one column, interleaved so that
/// one instruction multiplies and adds all of them for each channel.
/// </summary>
/// <remarks>Every member is <c>AggressiveInlining</c>: see <see cref="IDotUnit{TSum, TInput}"/>.</remarks>
/// <typeparam name="TSum">Sums of eight lanes.</typeparam>
/// <typeparam name="TGroup">A group of eight lanes in registers.</typeparam>
internal unsafe interface IDepthwiseUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    /// <summary>Rows of a group, at most four.</summary>
    static abstract int Rows { get; }

    /// <summary>Bytes of a group of eight lanes.</summary>
    static abstract int GroupBytes { get; }

    /// <summary>What is added to each input: 128 where the unit multiplies unsigned bytes, else 0.</summary>
    static abstract int Offset { get; }

    static abstract TSum Load(int* sums);

    static abstract void Store(TSum sum, int* target);

    static abstract TGroup Load(byte* group);

    static abstract TSum Add(TSum sum, byte* inputs, TGroup weights);

    /// <summary>Writes a group of 32 lanes, eight after eight.</summary>
    /// <param name="r0">32 bytes of the first row.</param>
    /// <param name="r1">Those of the second, where there is one; and so on.</param>
    /// <param name="r2">The third.</param>
    /// <param name="r3">The fourth.</param>
    /// <param name="offset">Added to all: <see cref="Offset"/> for inputs, 0 for weights.</param>
    /// <param name="target">Four times <see cref="GroupBytes"/>.</param>
    static abstract void Interleave(sbyte* r0, sbyte* r1, sbyte* r2, sbyte* r3, int offset, byte* target);
}

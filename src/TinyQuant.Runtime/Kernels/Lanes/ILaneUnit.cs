namespace TinyQuant.Kernels.Lanes;

/// <summary>
/// One instruction set's way to multiply channel by channel: a group is a few rows of a window's column, interleaved so
/// that one instruction multiplies and adds several of them for each channel.
/// </summary>
/// <remarks>Every member is <c>AggressiveInlining</c>: see <see cref="Units.IDotUnit{TSum, TInput}"/>.</remarks>
/// <typeparam name="TSum">Sums of eight channels.</typeparam>
/// <typeparam name="TGroup">A group of eight channels in registers.</typeparam>
internal unsafe interface ILaneUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    /// <summary>Rows of a group.</summary>
    static abstract int Rows { get; }

    /// <summary>Bytes of a group of eight channels.</summary>
    static abstract int GroupBytes { get; }

    /// <summary>What is added to each input: 128 where the unit multiplies unsigned bytes.</summary>
    static abstract int Offset { get; }

    static abstract TSum Load(int* sums);

    static abstract void Store(TSum sum, int* target);

    static abstract TGroup Load(byte* group);

    static abstract TSum Add(TSum sum, byte* inputs, TGroup weights);

    /// <summary>Writes a group of inputs.</summary>
    /// <param name="rows">Where eight channels of each of <see cref="Rows"/> rows lie.</param>
    /// <param name="target"><see cref="GroupBytes"/> bytes.</param>
    static abstract void InterleaveInputs(in RowPointers rows, byte* target);

    /// <summary>Writes the groups of sixteen channels, one after the other.</summary>
    static abstract void InterleaveInputs16(in RowPointers rows, byte* target);

    /// <summary>Writes a group of weights.</summary>
    static abstract void InterleaveWeights(in RowPointers rows, byte* target);
}

namespace TinyQuant.Kernels.Lanes;

/// <summary>
/// One instruction set's way to multiply channel by channel: a group is some columns side by side, interleaved so that one
/// instruction multiplies and adds all of them for each channel.
/// </summary>
/// <remarks>Every member is <c>AggressiveInlining</c>: see <see cref="Units.IDotUnit{TSum, TInput}"/>.</remarks>
/// <typeparam name="TSum">Sums of eight channels.</typeparam>
/// <typeparam name="TGroup">A group of eight channels in registers.</typeparam>
internal unsafe interface ILaneUnit<TSum, TGroup>
    where TSum : struct
    where TGroup : struct
{
    /// <summary>Columns of a group.</summary>
    static abstract int Columns { get; }

    /// <summary>Bytes of a group of eight channels.</summary>
    static abstract int GroupBytes { get; }

    /// <summary>What is added to each input: 128 where the unit multiplies unsigned bytes, else 0.</summary>
    static abstract int Offset { get; }

    static abstract TSum Load(int* sums);

    static abstract void Store(TSum sum, int* target);

    static abstract TGroup Load(byte* group);

    static abstract TSum Add(TSum sum, byte* inputs, TGroup weights);

    /// <summary>Writes the groups of sixteen channels, those of the first eight and then those of the others.</summary>
    /// <param name="line">The first column of the group.</param>
    /// <param name="step">Bytes to the next one.</param>
    /// <param name="target">Two times <see cref="GroupBytes"/>.</param>
    static abstract void Interleave(sbyte* line, nint step, byte* target);
}

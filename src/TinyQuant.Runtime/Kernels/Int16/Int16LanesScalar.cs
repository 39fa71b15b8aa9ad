using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Int16;

/// <summary>One product at a time.</summary>
internal readonly struct Int16LanesScalar(long total) : IInt16Lanes<Int16LanesScalar>
{
    public static int Step
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    public long Total { get; } = total;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int16LanesScalar Add(ref short x, ref sbyte weights) => new(Total + (x * weights));
}

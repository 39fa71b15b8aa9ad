using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels;

/// <summary>Sums of 32 bits, which wrap, scaled as those of int8 codes are: by <see cref="SingleRounding"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sums32Single : ISumScaling
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scale(long sum, int multiplier, int shift) =>
        SingleRounding.Multiply(unchecked((int)sum), multiplier, shift);
}

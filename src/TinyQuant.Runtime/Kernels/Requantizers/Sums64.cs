using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels;

/// <summary>Sums of 64 bits, multiplied by 16 bits and rounded once, halves up; alike in both roundings.</summary>
/// <remarks>
/// <c>MultiplyByQuantizedMultiplier(int64_t, ...)</c> of <c>tensorflow/lite/kernels/internal/common.cc</c>. It makes 16
/// bits of the multiplier's 31 first, which is done where constants are baked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sums64 : ISumScaling
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scale(long sum, int multiplier, int shift) =>
        (int)((unchecked(sum * multiplier) + (1L << (14 - shift))) >> (15 - shift));
}

using System.ComponentModel;

namespace TinyQuant.Kernels;

/// <summary>How a sum of int16 codes times int8 weights is scaled; a kernel is generic over it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISumScaling
{
    /// <summary>The code that a sum stands for, before the zero point is added and it is clamped.</summary>
    /// <param name="sum">Any sum; one of 32 bits has its low half taken.</param>
    /// <param name="multiplier">Not negative.</param>
    /// <param name="shift">In [-31, 30]; negative shifts right.</param>
    static abstract int Scale(long sum, int multiplier, int shift);
}

using System.ComponentModel;

namespace TinyQuant.Kernels;

/// <summary>What the codes of two scales are brought to before they are compared.</summary>
/// <remarks>The multipliers are Q0.31, the shifts in [-31, 0].</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ComparisonConstants(
    int leftZeroPoint, int leftMultiplier, int leftShift, int rightZeroPoint, int rightMultiplier, int rightShift)
{
    internal int LeftZeroPoint { get; } = leftZeroPoint;
    internal int LeftMultiplier { get; } = leftMultiplier;
    internal int LeftShift { get; } = leftShift;
    internal int RightZeroPoint { get; } = rightZeroPoint;
    internal int RightMultiplier { get; } = rightMultiplier;
    internal int RightShift { get; } = rightShift;
}

namespace TinyQuant.Kernels;

/// <summary>
/// Which codes a tensor of int8 weights holds; it decides which instructions are exact for it. A type and not a
/// value, so that a program without weights of -128 does not link the code for them.
/// </summary>
public interface IWeightRange
{
    /// <summary>Whether all codes are in [-127, 127].</summary>
    static abstract bool IsNarrow { get; }
}

/// <summary>[-127, 127], as symmetric quantizers write: the sum of two products with int8 inputs fits int16.</summary>
public readonly struct NarrowWeights : IWeightRange
{
    /// <inheritdoc/>
    public static bool IsNarrow => true;
}

/// <summary>-128 occurs, so units that would add two products in int16 must widen first.</summary>
public readonly struct FullWeights : IWeightRange
{
    /// <inheritdoc/>
    public static bool IsNarrow => false;
}

namespace TinyQuant.Kernels;

/// <summary>Which codes a tensor of int8 weights holds; it decides which instructions are exact for it.</summary>
public enum WeightRange
{
    /// <summary>[-127, 127], as symmetric quantizers write: the sum of two products with int8 inputs fits int16.</summary>
    Narrow,

    /// <summary>-128 occurs, so units that would add two products in int16 must widen first.</summary>
    Full,
}

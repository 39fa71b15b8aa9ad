namespace TinyQuant.Bench;

/// <summary>What a layer computes in; int8 with the rounding of its requantization.</summary>
internal enum Arithmetic
{
    Int8FloatEven,
    Int8Double,
    Float32,
}

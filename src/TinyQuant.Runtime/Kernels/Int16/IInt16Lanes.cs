namespace TinyQuant.Kernels.Int16;

/// <summary>Sums of products of int16 codes and int8 weights in the lanes of a vector, which is one register.</summary>
/// <remarks>
/// A lane of 32 bits takes at most 2^23 from a step, two products of 2^22, so that it holds 255 steps.
/// </remarks>
internal interface IInt16Lanes<TSelf>
    where TSelf : struct, IInt16Lanes<TSelf>
{
    /// <summary>Products of a step.</summary>
    static abstract int Step { get; }

    /// <summary>All products that were added, as one sum.</summary>
    long Total { get; }

    /// <summary>These lanes with a step's products added.</summary>
    /// <param name="x">As many codes as a step has.</param>
    /// <param name="weights">As many weights.</param>
    TSelf Add(ref short x, ref sbyte weights);
}

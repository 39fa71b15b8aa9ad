namespace TinyQuant.Kernels.Int4;

/// <summary>How int4 weights lie, and what room kernels take to write them out.</summary>
/// <remarks>
/// A code is stored plus 8. Of each 32 codes the first 16 are the lower halves of 16 bytes and the others the upper
/// halves, so that two vectors come of one; of the last codes, fewer than 32, each pair shares a byte, the first in the
/// lower half. Part of the generator too, which packs what the kernels read.
/// </remarks>
internal static class Int4Layout
{
    /// <summary>What is added to a code.</summary>
    public const int Offset = 8;

    /// <summary>Codes in the lower halves of as many bytes, and in the upper ones.</summary>
    public const int Half = 16;

    /// <summary>Inputs that share a multiplier.</summary>
    public const int GroupInputs = 32;

    /// <summary>
    /// Outputs of a dense layer at a time: fewer than 32, so that their weights are columns of 8 and less.
    /// </summary>
    public const int MostOutputs = 24;

    /// <summary>The bytes that some codes take.</summary>
    public static int PackedLength(int codes) => (codes / 2) + (codes % 2);

    /// <summary>The multipliers of an output.</summary>
    public static int Groups(int depth) => (depth + GroupInputs - 1) / GroupInputs;

    /// <summary>
    /// Bytes of room for the weights of some outputs of a convolution and, unless they are all, for what these are at
    /// every position.
    /// </summary>
    public static long BlockLength(int count, int outputs, int depth, int positions) =>
        (long)count * (count == outputs ? depth : (long)depth + positions);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>
/// Which operand of vpdpbusd is made unsigned. Codes are signed as weights are, so 128 is added to one of the two;
/// pixels are codes plus 128 already.
/// </summary>
internal interface IVnniOperands
{
    /// <summary>True if the inputs are codes plus 128, so that a bias for such inputs is needed.</summary>
    static abstract bool AreInputsUnsigned { get; }

    /// <summary>Adds four products a lane.</summary>
    /// <param name="sum">The sums so far.</param>
    /// <param name="input">Input bytes.</param>
    /// <param name="weights">The weights beside them.</param>
    /// <param name="flip">0x80 in every byte.</param>
    static abstract Vector256<int> Add(
        Vector256<int> sum, Vector256<byte> input, Vector256<sbyte> weights, Vector256<byte> flip);

    /// <summary>What every sum is too large by.</summary>
    static abstract int Excess(ref byte input, nint depth);
}

/// <summary>Pixels times weights.</summary>
internal readonly struct VnniPixels<TInstruction> : IVnniOperands
    where TInstruction : struct, IVnniInstruction
{
    public static bool AreInputsUnsigned => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(
        Vector256<int> sum, Vector256<byte> input, Vector256<sbyte> weights, Vector256<byte> flip) =>
        TInstruction.MultiplyWideningAndAdd(sum, input, weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Excess(ref byte input, nint depth) => 0;
}

/// <summary>
/// Weights plus 128 times codes: Σ (w + 128) x = Σ w x + 128 Σ x. The second sum is one number for all outputs, so no
/// bias of its own is baked for this unit, as it would be if 128 were added to the codes.
/// </summary>
internal readonly struct VnniCodes<TInstruction> : IVnniOperands
    where TInstruction : struct, IVnniInstruction
{
    public static bool AreInputsUnsigned => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(
        Vector256<int> sum, Vector256<byte> input, Vector256<sbyte> weights, Vector256<byte> flip) =>
        TInstruction.MultiplyWideningAndAdd(sum, weights.AsByte() ^ flip, input.AsSByte());

    public static int Excess(ref byte input, nint depth)
    {
        Vector256<int> even = default, odd = default;
        nint i = 0;
        for (; i <= depth - 64; i += 64)
        {
            even = Add(even, ref input, i);
            odd = Add(odd, ref input, i + 32);
        }

        if (i <= depth - 32)
        {
            even = Add(even, ref input, i);
            i += 32;
        }

        int total = Vector256.Sum(even + odd);
        for (; i < depth; i++)
        {
            total += (sbyte)Unsafe.Add(ref input, i);
        }

        return total * 128;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add(Vector256<int> sum, ref byte input, nint at) =>
        TInstruction.MultiplyWideningAndAdd(
        sum, Vector256<byte>.One, Vector256.LoadUnsafe(ref input, (nuint)at).AsSByte());
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Elements;

/// <summary>
/// What the codes of a row of an int8 softmax have in common: the greatest code, and 1 / Σ of the exponentials.
/// </summary>
/// <remarks>
/// No exponential is negative, so halves away from zero are halves up, and one of 0 has no share of its own accord.
/// </remarks>
internal readonly ref struct SoftmaxRow
{
    private const int SumIntegerBits = 12; // exponentials of up to 4,096 codes do not overflow

    private readonly ref int _exponentials;
    private readonly int _max;
    private readonly int _reciprocal; // Q0.31, to be shifted right by _shift
    private readonly int _shift;

    /// <param name="row">1 or more codes.</param>
    /// <param name="exponentials">[256] Q0.31 for each distance from the greatest code.</param>
    public SoftmaxRow(ReadOnlySpan<sbyte> row, ReadOnlySpan<int> exponentials)
    {
        _exponentials = ref MemoryMarshal.GetReference(exponentials);
        int max = sbyte.MinValue;
        foreach (sbyte code in row)
        {
            max = Math.Max(max, code);
        }

        _max = max;

        uint sum = 0; // Q12.19
        foreach (sbyte code in row)
        {
            sum += ((uint)Exponential(code) + (1u << (SumIntegerBits - 1))) >> SumIntegerBits;
        }

        int headroom = BitOperations.LeadingZeroCount(sum);
        int shifted = (int)((sum << headroom) - (1u << 31)); // the sum as 1 + shifted, Q0.31
        _reciprocal = FixedPoint.OneOverOnePlus(shifted);
        _shift = SumIntegerBits - headroom;
    }

    /// <summary>A code's share of 2^bits, rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Share(sbyte code, int bits)
    {
        int exponent = _shift + 31 - bits;
        long product = (((long)_reciprocal * Exponential(code)) + (1L << 30)) >> 31;
        return (int)((product + (1L << (exponent - 1))) >> exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Exponential(sbyte code) => Unsafe.Add(ref _exponentials, _max - code);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Int16;

/// <summary>Products channel by channel of the taps of a window, summed in 64 bits.</summary>
/// <remarks>
/// Two taps at a time: their channels are interleaved, so that one instruction multiplies and adds both.
/// </remarks>
internal static class Int16Channels
{
    private const int Lanes = 8;

    /// <summary>Taps until lanes of 32 bits are emptied; two add at most 2^23.</summary>
    private const int Most = 256;

    /// <summary>Adds <c>Σ weights[tap, c] · x[tap, c]</c> to the sum of each channel c.</summary>
    /// <param name="x">[taps, channels] codes, from the first channel of the sums on.</param>
    /// <param name="weights">[taps, channels], alike.</param>
    /// <param name="channels">From one tap to the next; at least 1.</param>
    /// <param name="sums">Of some channels, at most as many.</param>
    public static void Add(ReadOnlySpan<short> x, ReadOnlySpan<sbyte> weights, int channels, Span<long> sums)
    {
        int taps = ((x.Length - sums.Length) / channels) + 1;
        x = x[..(((taps - 1) * channels) + sums.Length)];
        weights = weights[..x.Length];
        int c = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; c <= sums.Length - Lanes; c += Lanes)
            {
                Eight(x[c..], weights[c..], taps, channels, sums.Slice(c, Lanes));
            }
        }

        for (; c < sums.Length; c++)
        {
            for (int i = c; i < x.Length; i += channels)
            {
                sums[c] += x[i] * weights[i];
            }
        }
    }

    private static void Eight(
        ReadOnlySpan<short> x, ReadOnlySpan<sbyte> weights, int taps, int channels, Span<long> sums)
    {
        ref short codes = ref MemoryMarshal.GetReference(x);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights);
        for (int from = 0; from < taps; from += Most)
        {
            int end = Math.Min(taps, from + Most);
            Vector128<int> lower = default, upper = default;
            for (int tap = from; tap < end; tap += 2)
            {
                nint at = (nint)tap * channels;
                bool hasSecond = tap + 1 < end;
                Vector128<short> second = hasSecond
                    ? Vector128.LoadUnsafe(ref Unsafe.Add(ref codes, at + channels))
                    : default;
                Vector128<short> secondWeights = hasSecond
                    ? Int16Lanes128.LoadEight(ref Unsafe.Add(ref factors, at + channels))
                    : default;
                Pair(
                    ref lower, ref upper, Vector128.LoadUnsafe(ref Unsafe.Add(ref codes, at)),
                    Int16Lanes128.LoadEight(ref Unsafe.Add(ref factors, at)), second, secondWeights);
            }

            for (int i = 0; i < Lanes / 2; i++)
            {
                sums[i] += lower[i];
                sums[(Lanes / 2) + i] += upper[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(
        ref Vector128<int> lower, ref Vector128<int> upper, Vector128<short> x, Vector128<short> weights,
        Vector128<short> second, Vector128<short> secondWeights)
    {
        if (Sse2.IsSupported)
        {
            lower += Sse2.MultiplyAddAdjacent(
                Sse2.UnpackLow(x, second), Sse2.UnpackLow(weights, secondWeights));
            upper += Sse2.MultiplyAddAdjacent(
                Sse2.UnpackHigh(x, second), Sse2.UnpackHigh(weights, secondWeights));
        }
        else if (AdvSimd.IsSupported)
        {
            lower = AdvSimd.MultiplyWideningLowerAndAdd(
                AdvSimd.MultiplyWideningLowerAndAdd(lower, x.GetLower(), weights.GetLower()), second.GetLower(),
                secondWeights.GetLower());
            upper = AdvSimd.MultiplyWideningUpperAndAdd(
                AdvSimd.MultiplyWideningUpperAndAdd(upper, x, weights), second, secondWeights);
        }
        else
        {
            lower += (Vector128.WidenLower(x) * Vector128.WidenLower(weights))
                + (Vector128.WidenLower(second) * Vector128.WidenLower(secondWeights));
            upper += (Vector128.WidenUpper(x) * Vector128.WidenUpper(weights))
                + (Vector128.WidenUpper(second) * Vector128.WidenUpper(secondWeights));
        }
    }
}

using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>One rounding, halves up, as ruy and TensorFlow Lite with <c>TFLITE_SINGLE_ROUNDING</c> do.</summary>
/// <remarks>
/// <c>(acc · m + 2^(30 − shift)) &gt;&gt; (31 − shift)</c> in 64 bits: <c>MultiplyByQuantizedMultiplier</c> in
/// <c>tensorflow/lite/kernels/internal/common.cc</c> and <c>ruy/apply_multiplier.cc</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RequantSingle : IRequantizer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Spans or constants do not fit each other.</exception>
    public static void Run(ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        r.CheckFixedPoint(accumulators.Length, firstChannel, output.Length);
        int done = Avx2.IsSupported ? RunAvx2(accumulators, r, firstChannel, output)
            : AdvSimd.Arm64.IsSupported ? RunAdvSimd(accumulators, r, firstChannel, output) : 0;
        RunScalar(accumulators[done..], r, firstChannel + done, output[done..]);
    }

    static bool IRequantizer.TakesScales => false;

    static unsafe ScalingKind IRequantizer.Prepare(in ChannelBlock channels, int* constants) =>
        ChannelConstants.IsSupported && SingleScaling.Prepare(channels, constants) ? ScalingKind.Vector : ScalingKind.Scalar;

    static unsafe void IRequantizer.Run(SumTile* tile, ScalingKind kind) => ScaleAndStore<SingleScaling>.Run(tile);

    /// <summary>The reference, exact for every accumulator, multiplier and shift.</summary>
    internal static void RunScalar(ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        int step = r.IsPerTensor ? 0 : 1;
        for (int i = 0; i < accumulators.Length; i++)
        {
            int channel = (firstChannel + i) * step;
            int scaled = SingleRounding.Multiply(accumulators[i], r.Multipliers[channel], r.Shifts[channel]);
            output[i] = (sbyte)Math.Clamp((long)scaled + r.ZeroPoint, r.Min, r.Max);
        }
    }

    /// <summary>Sixteen channels at a time; returns how many it wrote, fewer where its form would not be exact.</summary>
    internal static int RunAvx2(ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        ref int source = ref MemoryMarshal.GetReference(accumulators);
        ChannelConstants256 constants = new(r, firstChannel);
        int i = 0;
        for (; i <= accumulators.Length - 16; i += 16)
        {
            (Vector256<int> m0, Vector256<int> s0) = constants.Load(i);
            (Vector256<int> m1, Vector256<int> s1) = constants.Load(i + 8);

            // Right shifts of 1 to 31 only: then the sum before the last shift fits int32.
            if (Avx.MoveMask((~s0 | ~s1 | (s0 + Vector256.Create(31)) | (s1 + Vector256.Create(31))).AsSingle()) != 0)
            {
                break;
            }

            Vector256<int> x0 = Multiply(Vector256.LoadUnsafe(ref source, (nuint)i), m0, -s0);
            Vector256<int> x1 = Multiply(Vector256.LoadUnsafe(ref source, (nuint)(i + 8)), m1, -s1);
            RequantVectors.Store(x0, x1, r, ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i));
        }

        return i;
    }

    /// <summary>Eight channels at a time; returns how many it wrote, fewer where its form would not be exact.</summary>
    internal static int RunAdvSimd(ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        ref int source = ref MemoryMarshal.GetReference(accumulators);
        ChannelConstants128 constants = new(r, firstChannel);
        int i = 0;
        for (; i <= accumulators.Length - 8; i += 8)
        {
            (Vector128<int> m0, Vector128<int> s0) = constants.Load(i);
            (Vector128<int> m1, Vector128<int> s1) = constants.Load(i + 4);

            // SQDMULH then SRSHL round once only where there is a shift to the right.
            if (Vector128.GreaterThanAny(Vector128.Max(s0, s1), Vector128.Create(-1)))
            {
                break;
            }

            Vector128<int> x0 = AdvSimd.ShiftArithmeticRounded(
                AdvSimd.MultiplyDoublingSaturateHigh(Vector128.LoadUnsafe(ref source, (nuint)i), m0), s0);
            Vector128<int> x1 = AdvSimd.ShiftArithmeticRounded(
                AdvSimd.MultiplyDoublingSaturateHigh(Vector128.LoadUnsafe(ref source, (nuint)(i + 4)), m1), s1);
            RequantVectors.Store(x0, x1, r, ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i));
        }

        return i;
    }

    // Bits 31 to 62 of the products, which lose nothing that the last rounding looks at: it looks at bit 31 + e - 1 alone,
    // where e >= 1 is the shift.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Multiply(Vector256<int> x, Vector256<int> multiplier, Vector256<int> right)
    {
        Vector256<long> even = Avx2.Multiply(x, multiplier);
        Vector256<long> odd = Avx2.Multiply(
            Avx2.ShiftRightLogical(x.AsInt64(), 32).AsInt32(), Avx2.ShiftRightLogical(multiplier.AsInt64(), 32).AsInt32());
        Vector256<int> high = Avx2.Blend(Avx2.ShiftRightLogical(even, 31).AsInt32(), (odd + odd).AsInt32(), 0b10101010);

        // (high + 2^(e-1)) >> e without leaving int32: floor of a half first, then the bit that was cut off.
        Vector256<uint> before = (right - Vector256<int>.One).AsUInt32();
        Vector256<int> halves = Avx2.ShiftRightArithmeticVariable(high, before);
        return (halves >> 1) + (halves & Vector256<int>.One);
    }
}

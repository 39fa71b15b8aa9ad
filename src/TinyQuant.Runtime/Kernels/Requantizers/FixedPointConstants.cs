using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// The constants of fixed-point scaling. With l the shift to the left, e that to the right, and one of them 0, a code is
/// ((x · 2^(l+1) · m + nudge) >> 32 − fix) >> e: the nudge holds what is added at bit 30 and at bit 30 + e of x·2^l·m at once,
/// and the fix is 1 for negative x where halves go away from zero.
/// </summary>
internal static unsafe class FixedPointConstants
{
    /// <summary>The vectors of a block. Those of SSE4.1 and AdvSimd are fewer: they have no shifts lane by lane, and better ones.</summary>
    public const int Multiplier = 0, OddMultiplier = 1, Nudge = 2, OddNudge = 3, Right = 4, Left = 5, Sign = 6;

    /// <summary><see cref="IVectorScaling.Prepare"/> of fixed point, with both roundings or with one.</summary>
    public static bool Prepare(in Requantization r, int firstChannel, long bound, bool isDouble, int* constants)
    {
        if (!ChannelConstants.IsSupported || bound >= 1 << 30)
        {
            return false;
        }

        // What is left of 2^30 for shifts to the left.
        int mostLeft = BitOperations.LeadingZeroCount((ulong)bound) - 34;
        if (Avx2.IsSupported)
        {
            return Prepare256(r, firstChannel, mostLeft, isDouble, constants);
        }

        for (int channel = 0; channel < 8; channel++)
        {
            int index = r.IsPerTensor ? 0 : firstChannel + channel;
            int* half = constants + (channel / 4 * ChannelConstants.HalfBlock);
            int lane = channel % 4;
            if (r.Shifts[index] > mostLeft || !(AdvSimd.IsSupported
                ? PrepareAdvSimd(r.Multipliers[index], r.Shifts[index], isDouble, half, lane)
                : PrepareSse41(r.Multipliers[index], r.Shifts[index], isDouble, half, lane)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Prepare256(in Requantization r, int firstChannel, int mostLeft, bool isDouble, int* constants)
    {
        Vector256<int> multiplier = Load(r.Multipliers, firstChannel);
        Vector256<int> shift = Load(r.Shifts, firstChannel);
        if (Vector256.GreaterThanAny(shift, Vector256.Create(mostLeft)))
        {
            return false;
        }

        Vector256<int> right = Vector256.Max(-shift, Vector256<int>.Zero);
        multiplier.Store(constants + (Multiplier * 8));
        (multiplier.AsInt64() >>> 32).AsInt32().Store(constants + (OddMultiplier * 8));
        NudgeOf(right.AsInt64() & Vector256.Create(0xFFFFFFFFL), isDouble).Store((long*)(constants + (Nudge * 8)));
        NudgeOf(right.AsInt64() >>> 32, isDouble).Store((long*)(constants + (OddNudge * 8)));
        right.Store(constants + (Right * 8));
        (Vector256.Max(shift, Vector256<int>.Zero) + Vector256<int>.One).Store(constants + (Left * 8));

        // A logical shift by 31 leaves 1 of a negative value, and one by 32 leaves 0 of any.
        Vector256<int> rounded = isDouble ? Vector256.GreaterThan(right, Vector256<int>.Zero) : default;
        (Vector256.Create(32) + rounded).Store(constants + (Sign * 8));
        return true;
    }

    private static Vector256<int> Load(ReadOnlySpan<int> values, int first) =>
        values.Length == 1 ? Vector256.Create(values[0]) : Vector256.Create(values.Slice(first, 8));

    private static Vector256<long> NudgeOf(Vector256<long> right, bool isDouble)
    {
        Vector256<long> second = Avx2.ShiftLeftLogicalVariable(Vector256.Create(1L << 31), right.AsUInt64());
        return isDouble
            ? Vector256.Create(1L << 31) + (second & Vector256.GreaterThan(right, Vector256<long>.Zero))
            : second;
    }

    private static bool PrepareAdvSimd(int multiplier, int shift, bool isDouble, int* half, int lane)
    {
        half[(Multiplier * 4) + lane] = multiplier;
        half[(Right * 4) + lane] = Math.Min(shift, 0);
        half[(Left * 4) + lane] = Math.Max(shift, 0);

        // SQDMULH and SRSHL round once only where there is a shift to the right.
        return isDouble || shift < 0;
    }

    // A shift to the right is a product with 2^(32 − e), which is an int32 from e = 2 on.
    private static bool PrepareSse41(int multiplier, int shift, bool isDouble, int* half, int lane)
    {
        half[(Multiplier * 4) + lane] = multiplier;
        half[(OddMultiplier * 4) + (lane & ~1)] = multiplier;
        int nudge = (lane & 1) == 0 ? Nudge : OddNudge;
        if (shift <= -2)
        {
            ((long*)(half + (nudge * 4)))[lane / 2] = (1L << (31 - shift)) + (isDouble ? 1L << 31 : 0);
            half[(Right * 4) + lane] = 1 << (32 + shift);
        }

        return shift <= -2;
    }
}

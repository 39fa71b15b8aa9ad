using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// The constants of fixed-point scaling. A channel's shift is one to the left, l, or one to the right, e.
/// </summary>
internal static unsafe class FixedPointConstants
{
    /// <summary>The vectors of a block. SSE4.1 and AdvSimd do with fewer.</summary>
    public const int Multiplier = 0, OddMultiplier = 1, Nudge = 2, OddNudge = 3, Right = 4, Left = 5, Sign = 6;

    /// <summary>True if for every channel |acc| · 2^l is less than 2^30, or nothing is left of it anyway.</summary>
    public static bool IsBounded(in ChannelBlock channels) => IsBounded(channels, all: true);

    /// <summary>The same of channels without a shift to the right alone.</summary>
    public static bool IsBoundedUnlessRight(in ChannelBlock channels) => IsBounded(channels, all: false);

    /// <summary>Multipliers, and what is added to 64-bit products, even channels apart from odd ones.</summary>
    public static void Store(Vector256<int> multiplier, Vector256<long> nudge, Vector256<long> oddNudge, int* constants)
    {
        multiplier.Store(constants + (Multiplier * 8));
        (multiplier.AsInt64() >>> 32).AsInt32().Store(constants + (OddMultiplier * 8));
        nudge.Store((long*)(constants + (Nudge * 8)));
        oddNudge.Store((long*)(constants + (OddNudge * 8)));
    }

    /// <summary>The even lanes, widened.</summary>
    public static Vector256<long> Even(Vector256<int> lanes) => lanes.AsInt64() & Vector256.Create(0xFFFFFFFFL);

    /// <summary>The odd lanes, widened.</summary>
    public static Vector256<long> Odd(Vector256<int> lanes) => lanes.AsInt64() >>> 32;

    /// <summary>The shifts to the right, 0 where there is none.</summary>
    public static Vector256<int> Rights(in ChannelBlock channels) =>
        Vector256.Max(-channels.Shifts, Vector256<int>.Zero);

    /// <summary>The constants of one channel for 128-bit vectors; false where they would not be exact.</summary>
    public static bool Prepare128(in ChannelBlock channels, bool isDouble, int* constants)
    {
        for (int channel = 0; channel < 8; channel++)
        {
            (int multiplier, int shift) = channels.Channel(channel);
            int* half = constants + (channel / 4 * ChannelConstants.HalfBlock);
            bool isExact = AdvSimd.IsSupported
                ? PrepareAdvSimd(multiplier, shift, isDouble, half, channel % 4)
                : PrepareSse41(multiplier, shift, isDouble, half, channel % 4);
            if (!isExact)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBounded(in ChannelBlock channels, bool all)
    {
        Vector256<int> shifts = channels.Shifts;
        Vector256<int> left = Vector256.Max(shifts, Vector256<int>.Zero);
        Vector256<int> concerns = ~Vector256.Equals(channels.Multipliers, Vector256<int>.Zero);
        if (!all)
        {
            concerns &= ~Vector256.LessThan(shifts, Vector256<int>.Zero);
        }

        Vector256<int> power = Vector256.Create(1 << 30);
        Vector256<int> room = Avx2.IsSupported
            ? Avx2.ShiftRightLogicalVariable(power, left.AsUInt32())
            : Vector256.ConditionalSelect(Vector256.Equals(left, Vector256<int>.Zero), power, Vector256<int>.Zero);
        Vector256<int> most = room - Vector256.Create((int)Math.Min(channels.Products, 1 << 30));
        return (Vector256.GreaterThanOrEqual(channels.BiasMagnitudes, most) & concerns) == Vector256<int>.Zero;
    }

    // SQDMULH and SRSHL round once only where there is a shift to the right.
    private static bool PrepareAdvSimd(int multiplier, int shift, bool isDouble, int* half, int lane)
    {
        half[(Multiplier * 4) + lane] = multiplier;
        half[(Right * 4) + lane] = Math.Min(shift, 0);
        half[(Left * 4) + lane] = Math.Max(shift, 0);
        return isDouble || shift < 0;
    }

    // A shift to the right is a product with 2^(32 − e), which is an int32 from e = 2 on.
    private static bool PrepareSse41(int multiplier, int shift, bool isDouble, int* half, int lane)
    {
        if (shift > -2)
        {
            return false;
        }

        half[(Multiplier * 4) + lane] = multiplier;
        half[(OddMultiplier * 4) + (lane & ~1)] = multiplier;
        long* nudge = (long*)(half + (((lane & 1) == 0 ? Nudge : OddNudge) * 4));
        nudge[lane / 2] = (1L << (31 - shift)) + (isDouble ? 1L << 31 : 0);
        half[(Right * 4) + lane] = 1 << (32 + shift);
        return true;
    }
}

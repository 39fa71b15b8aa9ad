using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Where the constants of eight channels lie, in vectors of eight or, without AVX2, in two times vectors of four.</summary>
internal static unsafe class ChannelConstants
{
    /// <summary>Integers for eight channels: up to five vectors.</summary>
    public const int Block = 40;

    /// <summary>Integers for four channels, where vectors have four lanes.</summary>
    public const int HalfBlock = Block / 2;

    /// <summary>Whether this processor has what the vector forms need.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Sse41.IsSupported || AdvSimd.Arm64.IsSupported;
    }

    /// <summary>Lanes of a vector.</summary>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx2.IsSupported ? 8 : 4;
    }

    /// <summary>Writes one integer of a channel.</summary>
    /// <param name="constants">The block of eight channels.</param>
    /// <param name="vector">Which of the five vectors.</param>
    /// <param name="channel">0 to 7.</param>
    /// <param name="value">What to write.</param>
    public static void Set(int* constants, int vector, int channel, int value)
    {
        int lanes = Lanes;
        constants[(channel / lanes * lanes * 5) + (vector * lanes) + (channel % lanes)] = value;
    }

    /// <summary>Writes one 64-bit integer of a channel: those of even channels stand in one vector, those of odd ones in the next.</summary>
    public static void SetWide(int* constants, int vector, int channel, long value)
    {
        int even = channel & ~1;
        int target = vector + (channel & 1);
        Set(constants, target, even, (int)value);
        Set(constants, target, even + 1, (int)(value >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(int* constants, int vector) => Vector256.Load(constants + (vector * 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(int* constants, int vector) => Vector128.Load(constants + (vector * 4));
}

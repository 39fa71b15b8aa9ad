using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// Where the constants of eight channels lie: vectors of eight, or, without AVX2, vectors of four in two halves.
/// </summary>
internal static unsafe class ChannelConstants
{
    /// <summary>Integers for eight channels: up to seven vectors.</summary>
    public const int Block = 56;

    /// <summary>Integers for four channels, where vectors have four lanes.</summary>
    public const int HalfBlock = Block / 2;

    /// <summary>Whether this processor has what the vector forms need.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Sse41.IsSupported || AdvSimd.Arm64.IsSupported;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(int* constants, int vector) => Vector256.Load(constants + (vector * 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(int* constants, int vector) => Vector128.Load(constants + (vector * 4));
}

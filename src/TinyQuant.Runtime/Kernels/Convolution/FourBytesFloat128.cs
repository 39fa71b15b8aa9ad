using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>One float32 input with the weights of eight outputs, in 128-bit vectors.</summary>
internal readonly unsafe struct FourBytesFloat128 : IFourBytes<Pair128<float>, Vector128<float>, Pair128<float>>
{
    public static int Rows => 4;

    public static int Offset => 0;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<float> Start(int* bias) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Pair128<float> sum, int* bias, int* target)
    {
        (sum.Lower + Vector128.Load((float*)bias)).Store((float*)target);
        (sum.Upper + Vector128.Load((float*)bias + 4)).Store((float*)target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<float> Weights(sbyte* weights) =>
        new(Vector128.Load((float*)weights), Vector128.Load((float*)weights + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(byte* input) => Vector128.Create(*(float*)input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<float> Add(Pair128<float> sum, Vector128<float> input, Pair128<float> weights) =>
        new(Add(sum.Lower, input, weights.Lower), Add(sum.Upper, input, weights.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Add(Vector128<float> sum, Vector128<float> input, Vector128<float> weights) =>
        AdvSimd.IsSupported ? AdvSimd.FusedMultiplyAdd(sum, input, weights) : sum + (input * weights);
}

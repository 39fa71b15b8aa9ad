using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// One float32 input, which takes as many bytes as four int8 inputs, with the weights of eight outputs.
/// The bias comes last, as in TensorFlow Lite's reference: begun with, it would round other bits off.
/// </summary>
internal readonly unsafe struct FourBytesFma : IFourBytes<Vector256<float>, Vector256<float>, Vector256<float>>
{
    public static int Rows => 6;

    public static int Offset => 0;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Start(int* bias) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Vector256<float> sum, int* bias, int* target) =>
        (sum + Vector256.Load((float*)bias)).Store((float*)target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Weights(sbyte* weights) => Vector256.Load((float*)weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(byte* input) => Vector256.Create(*(float*)input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> input, Vector256<float> weights) =>
        Vector256.FusedMultiplyAdd(input, weights, sum);
}

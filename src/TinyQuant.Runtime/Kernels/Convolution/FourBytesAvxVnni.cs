using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// vpdpbusd of codes plus 128 and weights: sums are too large by 128 · Σw, which is the same at every position. Of
/// weights plus 128, of which a tile has fewer, they would be too large by 128 · Σx: adding that up for each position
/// of a 3×3 convolution of 16 channels takes half as long as the products.
/// </summary>
internal readonly unsafe struct FourBytesAvxVnni<TInstruction>
    : IFourBytes<Vector256<int>, Vector256<byte>, Vector256<sbyte>>
    where TInstruction : struct, IVnniInstruction
{
    /// <remarks>Twelve sums hide the five cycles that one product takes: two begin in each cycle.</remarks>
    public static int Rows => 6;

    public static int Offset => 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Start(int* bias) => Vector256.Load(bias);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Vector256<int> sum, int* bias, int* target) => sum.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Weights(sbyte* weights) => Vector256.Load(weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Broadcast(byte* input) =>
        Vector256.Create(*(int*)input).AsByte() ^ Vector256.Create((byte)0x80);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, Vector256<byte> input, Vector256<sbyte> weights) =>
        TInstruction.MultiplyWideningAndAdd(sum, input, weights);

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
        Vector256<int> even = default, odd = default;
        nint i = 0;
        for (; i < length - 32; i += 64)
        {
            even = TInstruction.MultiplyWideningAndAdd(even, Vector256<byte>.One, Vector256.Load(weights + i));
            odd = TInstruction.MultiplyWideningAndAdd(odd, Vector256<byte>.One, Vector256.Load(weights + i + 32));
        }

        if (i < length)
        {
            even = TInstruction.MultiplyWideningAndAdd(even, Vector256<byte>.One, Vector256.Load(weights + i));
        }

        (Vector256.Load(bias) - ((even + odd) * Offset)).Store(target);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// The sign trick of <see cref="ProductsAvx2"/>, |x| computed once for all outputs. Weights in [-127, 127].
/// </summary>
internal readonly unsafe struct FourBytesAvx2 : IFourBytes<Vector256<int>, MagnitudeAndSign, Vector256<sbyte>>
{
    /// <remarks>Eight sums, two weights, x, |x|, ones and what is between leave none of sixteen registers.</remarks>
    public static int Rows => 4;

    public static int Offset => 0;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Start(int* bias) => Vector256.Load(bias);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Vector256<int> sum, int* bias, int* target) => sum.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Weights(sbyte* weights) => Vector256.Load(weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MagnitudeAndSign Broadcast(byte* input) => new(Vector256.Create(*(int*)input).AsSByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, MagnitudeAndSign input, Vector256<sbyte> weights)
    {
        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(input.Magnitude, Avx2.Sign(weights, input.Signed));
        return sum + Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
    }
}

/// <summary>|x| and x.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct MagnitudeAndSign(Vector256<sbyte> x)
{
    public readonly Vector256<byte> Magnitude = Avx2.Abs(x);
    public readonly Vector256<sbyte> Signed = x;
}

/// <summary>Even and odd bytes widened to int16, then vpmaddwd: exact for every weight.</summary>
internal readonly unsafe struct FourBytesAvx2Wide : IFourBytes<Vector256<int>, EvenAndOdd, EvenAndOdd>
{
    public static int Rows => 4;

    public static int Offset => 0;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Start(int* bias) => Vector256.Load(bias);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Vector256<int> sum, int* bias, int* target) => sum.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EvenAndOdd Weights(sbyte* weights) => new(Vector256.Load((short*)weights));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EvenAndOdd Broadcast(byte* input) => new(Vector256.Create(*(int*)input).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, EvenAndOdd input, EvenAndOdd weights) =>
        sum + Avx2.MultiplyAddAdjacent(input.Even, weights.Even) + Avx2.MultiplyAddAdjacent(input.Odd, weights.Odd);
}

/// <summary>The even and the odd bytes of 32, as int16.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct EvenAndOdd(Vector256<short> bytes)
{
    public readonly Vector256<short> Even = (bytes << 8) >> 8;
    public readonly Vector256<short> Odd = bytes >> 8;
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>Eight sums in two 128-bit vectors, multiplied as the units of matrix-vector products do it.</summary>
internal readonly unsafe struct FourBytes128<TProducts> : IFourBytes<Pair128<int>, Vector128<sbyte>, Pair128<sbyte>>
    where TProducts : struct, IProducts128
{
    public static int Rows => 4;

    public static int Offset => 0;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> Start(int* bias) => new(Vector128.Load(bias), Vector128.Load(bias + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Pair128<int> sum, int* bias, int* target)
    {
        sum.Lower.Store(target);
        sum.Upper.Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<sbyte> Weights(sbyte* weights) => new(Vector128.Load(weights), Vector128.Load(weights + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Broadcast(byte* input) => Vector128.Create(*(int*)input).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair128<int> Add(Pair128<int> sum, Vector128<sbyte> input, Pair128<sbyte> weights) =>
        new(TProducts.Add(sum.Lower, input, weights.Lower), TProducts.Add(sum.Upper, input, weights.Upper));
}

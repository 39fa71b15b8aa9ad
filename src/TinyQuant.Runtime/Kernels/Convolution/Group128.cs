using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>Eight sums in two 128-bit vectors, multiplied as the units of matrix-vector products do it.</summary>
internal readonly unsafe struct Group128<TProducts> : IGroupUnit<Halves<int>, Vector128<sbyte>, Halves<sbyte>>
    where TProducts : struct, IProducts128
{
    public static int Rows => 4;

    public static int Offset => 0;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Start(int* bias) => new(Vector128.Load(bias), Vector128.Load(bias + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Halves<int> sum, int* bias, int* target)
    {
        sum.Lower.Store(target);
        sum.Upper.Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<sbyte> Weights(sbyte* weights) => new(Vector128.Load(weights), Vector128.Load(weights + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Broadcast(byte* input) => Vector128.Create(*(int*)input).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Halves<int> Add(Halves<int> sum, Vector128<sbyte> input, Halves<sbyte> weights) =>
        new(TProducts.Add(sum.Lower, input, weights.Lower), TProducts.Add(sum.Upper, input, weights.Upper));
}

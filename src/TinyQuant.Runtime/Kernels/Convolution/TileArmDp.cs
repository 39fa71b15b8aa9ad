using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// sdot by lane for four positions by sixteen outputs: sixteen sums, sixteen inputs of each position in one register,
/// and each weight that is loaded meets four positions.
/// </summary>
internal readonly unsafe struct TileArmDp : ITile
{
    public static int Rows => 4;

    public static int Offset => 0;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
    }

    [SkipLocalsInit]
    public static void Run<TRows, TColumns>(TileArgs* args)
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns
    {
        bool two = TColumns.Count == 2;
        Pair128<int> a0 = Load(args->Bias), b0 = two ? Load(args->Bias + 8) : default;
        Pair128<int> a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
        nint step = args->Step;
        nint block = args->Block;
        sbyte* w = args->Weights;
        for (nint segment = 0; segment < args->SegmentCount; segment++)
        {
            byte* x = args->Segments[segment] + args->Offset;
            byte* end = x + args->SegmentLength;
            for (; x <= end - 16; x += 16, w += 128)
            {
                Vector128<sbyte> x0 = Vector128.Load((sbyte*)x), x1 = Vector128.Load((sbyte*)(x + step));
                Vector128<sbyte> x2 = Vector128.Load((sbyte*)(x + (2 * step))),
                    x3 = Vector128.Load((sbyte*)(x + (3 * step)));
                AddColumn(ref a0, ref a1, ref a2, ref a3, x0, x1, x2, x3, w);
                if (two)
                {
                    AddColumn(ref b0, ref b1, ref b2, ref b3, x0, x1, x2, x3, w + block);
                }
            }

            for (; x < end; x += 4, w += 32)
            {
                Vector128<sbyte> x0 = Four(x), x1 = Four(x + step), x2 = Four(x + (2 * step)),
                    x3 = Four(x + (3 * step));
                AddGroup(ref a0, ref a1, ref a2, ref a3, x0, x1, x2, x3, 0, w);
                if (two)
                {
                    AddGroup(ref b0, ref b1, ref b2, ref b3, x0, x1, x2, x3, 0, w + block);
                }
            }
        }

        int outputs = 8 * TColumns.Count;
        int* target = args->Sums;
        Store(a0, target);
        Store(a1, target + outputs);
        Store(a2, target + (2 * outputs));
        Store(a3, target + (3 * outputs));
        if (two)
        {
            Store(b0, target + 8);
            Store(b1, target + 24);
            Store(b2, target + 40);
            Store(b3, target + 56);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn(
        ref Pair128<int> s0, ref Pair128<int> s1, ref Pair128<int> s2, ref Pair128<int> s3,
        Vector128<sbyte> x0, Vector128<sbyte> x1, Vector128<sbyte> x2, Vector128<sbyte> x3, sbyte* weights)
    {
        AddGroup(ref s0, ref s1, ref s2, ref s3, x0, x1, x2, x3, 0, weights);
        AddGroup(ref s0, ref s1, ref s2, ref s3, x0, x1, x2, x3, 1, weights + 32);
        AddGroup(ref s0, ref s1, ref s2, ref s3, x0, x1, x2, x3, 2, weights + 64);
        AddGroup(ref s0, ref s1, ref s2, ref s3, x0, x1, x2, x3, 3, weights + 96);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddGroup(
        ref Pair128<int> s0, ref Pair128<int> s1, ref Pair128<int> s2, ref Pair128<int> s3,
        Vector128<sbyte> x0, Vector128<sbyte> x1, Vector128<sbyte> x2, Vector128<sbyte> x3, int group, sbyte* weights)
    {
        Vector128<sbyte> lower = Vector128.Load(weights), upper = Vector128.Load(weights + 16);
        s0 = Add(s0, x0, group, lower, upper);
        s1 = Add(s1, x1, group, lower, upper);
        s2 = Add(s2, x2, group, lower, upper);
        s3 = Add(s3, x3, group, lower, upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair128<int> Add(
        Pair128<int> sum, Vector128<sbyte> x, int group, Vector128<sbyte> lower, Vector128<sbyte> upper) =>
        new(ProductsArmDp.AddGroup(sum.Lower, x, group, lower), ProductsArmDp.AddGroup(sum.Upper, x, group, upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Four(byte* input) => Vector128.CreateScalarUnsafe(*(int*)input).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair128<int> Load(int* sums) => new(Vector128.Load(sums), Vector128.Load(sums + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Pair128<int> sum, int* target)
    {
        sum.Lower.Store(target);
        sum.Upper.Store(target + 4);
    }
}

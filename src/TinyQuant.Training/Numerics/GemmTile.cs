using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace TinyQuant.Training.Numerics;

/// <summary>
/// Distances in elements: of rows and depths of the left operand, depths of the right, rows of the target.
/// </summary>
internal readonly record struct GemmStrides(nint Row, nint Depth, nint Right, nint Target, int Count);

/// <summary>
/// The innermost product: some rows × 16 columns in registers (6 rows fill 12 of 16 vector registers).
/// </summary>
internal static class GemmTile
{
    /// <summary>The rows of the next tile where that many are left.</summary>
    public static int RowsOf(int left) => left switch
    {
        >= 6 => 6,
        >= 4 => 4,
        >= 2 => 2,
        _ => 1,
    };

    public static void Run(int rows, ref float a, ref float b, ref float c, GemmStrides strides)
    {
        switch (rows)
        {
            case 6:
                Six(ref a, ref b, ref c, strides);
                break;
            case 4:
                Four(ref a, ref b, ref c, strides);
                break;
            case 2:
                Two(ref a, ref b, ref c, strides);
                break;
            default:
                One(ref a, ref b, ref c, strides);
                break;
        }
    }

    private static void Six(ref float a, ref float b, ref float c, GemmStrides s)
    {
        nint row = s.Row;
        ref float a3 = ref Unsafe.Add(ref a, 3 * row);
        nint two = 2 * row;
        Load(ref c, s.Target, 0, out V c00, out V c01);
        Load(ref c, s.Target, 1, out V c10, out V c11);
        Load(ref c, s.Target, 2, out V c20, out V c21);
        Load(ref c, s.Target, 3, out V c30, out V c31);
        Load(ref c, s.Target, 4, out V c40, out V c41);
        Load(ref c, s.Target, 5, out V c50, out V c51);
        for (int k = 0; k < s.Count; k++)
        {
            V b0 = Vector256.LoadUnsafe(ref b);
            V b1 = Vector256.LoadUnsafe(ref b, 8);
            V x = Vector256.Create(a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(Unsafe.Add(ref a, row));
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(Unsafe.Add(ref a, two));
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(a3);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            x = Vector256.Create(Unsafe.Add(ref a3, row));
            c40 = Vector256.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(x, b1, c41);
            x = Vector256.Create(Unsafe.Add(ref a3, two));
            c50 = Vector256.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(x, b1, c51);
            a = ref Unsafe.Add(ref a, s.Depth);
            a3 = ref Unsafe.Add(ref a3, s.Depth);
            b = ref Unsafe.Add(ref b, s.Right);
        }

        Store(ref c, s.Target, 0, c00, c01);
        Store(ref c, s.Target, 1, c10, c11);
        Store(ref c, s.Target, 2, c20, c21);
        Store(ref c, s.Target, 3, c30, c31);
        Store(ref c, s.Target, 4, c40, c41);
        Store(ref c, s.Target, 5, c50, c51);
    }

    private static void Four(ref float a, ref float b, ref float c, GemmStrides s)
    {
        nint row = s.Row;
        ref float a2 = ref Unsafe.Add(ref a, 2 * row);
        Load(ref c, s.Target, 0, out V c00, out V c01);
        Load(ref c, s.Target, 1, out V c10, out V c11);
        Load(ref c, s.Target, 2, out V c20, out V c21);
        Load(ref c, s.Target, 3, out V c30, out V c31);
        for (int k = 0; k < s.Count; k++)
        {
            V b0 = Vector256.LoadUnsafe(ref b);
            V b1 = Vector256.LoadUnsafe(ref b, 8);
            V x = Vector256.Create(a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(Unsafe.Add(ref a, row));
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a2);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(Unsafe.Add(ref a2, row));
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            a = ref Unsafe.Add(ref a, s.Depth);
            a2 = ref Unsafe.Add(ref a2, s.Depth);
            b = ref Unsafe.Add(ref b, s.Right);
        }

        Store(ref c, s.Target, 0, c00, c01);
        Store(ref c, s.Target, 1, c10, c11);
        Store(ref c, s.Target, 2, c20, c21);
        Store(ref c, s.Target, 3, c30, c31);
    }

    private static void Two(ref float a, ref float b, ref float c, GemmStrides s)
    {
        Load(ref c, s.Target, 0, out V c00, out V c01);
        Load(ref c, s.Target, 1, out V c10, out V c11);
        for (int k = 0; k < s.Count; k++)
        {
            V b0 = Vector256.LoadUnsafe(ref b);
            V b1 = Vector256.LoadUnsafe(ref b, 8);
            V x = Vector256.Create(a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(Unsafe.Add(ref a, s.Row));
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            a = ref Unsafe.Add(ref a, s.Depth);
            b = ref Unsafe.Add(ref b, s.Right);
        }

        Store(ref c, s.Target, 0, c00, c01);
        Store(ref c, s.Target, 1, c10, c11);
    }

    private static void One(ref float a, ref float b, ref float c, GemmStrides s)
    {
        Load(ref c, s.Target, 0, out V c00, out V c01);
        for (int k = 0; k < s.Count; k++)
        {
            V x = Vector256.Create(a);
            c00 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b), c00);
            c01 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b, 8), c01);
            a = ref Unsafe.Add(ref a, s.Depth);
            b = ref Unsafe.Add(ref b, s.Right);
        }

        Store(ref c, s.Target, 0, c00, c01);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(ref float c, nint stride, nint row, out V low, out V high)
    {
        ref float at = ref Unsafe.Add(ref c, row * stride);
        low = Vector256.LoadUnsafe(ref at);
        high = Vector256.LoadUnsafe(ref at, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float c, nint stride, nint row, V low, V high)
    {
        ref float at = ref Unsafe.Add(ref c, row * stride);
        low.StoreUnsafe(ref at);
        high.StoreUnsafe(ref at, 8);
    }
}

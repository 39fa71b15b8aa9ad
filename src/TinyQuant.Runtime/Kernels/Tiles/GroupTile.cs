using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Tiles;

/// <summary>A tile of up to 6 positions by 16 outputs, four inputs a step: up to twelve sums in registers.</summary>
internal readonly unsafe struct GroupTile<TUnit, TSum, TInput, TWeights> : ITile
    where TUnit : struct, IGroupUnit<TSum, TInput, TWeights>
    where TSum : struct
    where TInput : struct
    where TWeights : struct
{
    public static int Rows => TUnit.Rows;

    public static bool HasExcess => TUnit.HasExcess;

    public static int Excess(TileArgs* args, nint offset) => TUnit.Excess(args, offset);

    // Twelve locals and not an array: an array of sums would live in memory.
    [SkipLocalsInit]
    public static void Run<TRows, TColumns>(TileArgs* args)
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns
    {
        bool two = TColumns.Count == 2;
        TSum a0 = TUnit.Load(args->Bias), b0 = two ? TUnit.Load(args->Bias + 8) : default;
        TSum a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
        TSum b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;
        nint step = args->Step;
        nint block = args->Block;
        sbyte* w = args->Weights;
        for (nint segment = 0; segment < args->SegmentCount; segment++)
        {
            byte* x = args->Segments[segment];
            byte* end = x + args->SegmentLength;
            byte* y = x + (3 * step);
            for (; x < end; x += 4, y += 4, w += 32)
            {
                TWeights wa = TUnit.Weights(w);
                TWeights wb = two ? TUnit.Weights(w + block) : default;
                Add<TColumns>(ref a0, ref b0, x, wa, wb);
                Add<TColumns>(ref a1, ref b1, x + step, wa, wb);
                Add<TColumns>(ref a2, ref b2, x + (2 * step), wa, wb);
                Add<TColumns>(ref a3, ref b3, y, wa, wb);
                if (TRows.Count == 6)
                {
                    Add<TColumns>(ref a4, ref b4, y + step, wa, wb);
                    Add<TColumns>(ref a5, ref b5, y + (2 * step), wa, wb);
                }
            }
        }

        Store<TColumns>(args, 0, a0, b0);
        Store<TColumns>(args, 1, a1, b1);
        Store<TColumns>(args, 2, a2, b2);
        Store<TColumns>(args, 3, a3, b3);
        if (TRows.Count == 6)
        {
            Store<TColumns>(args, 4, a4, b4);
            Store<TColumns>(args, 5, a5, b5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TColumns>(ref TSum a, ref TSum b, byte* input, TWeights wa, TWeights wb)
        where TColumns : struct, ITileColumns
    {
        TInput x = TUnit.Broadcast(input);
        a = TUnit.Add(a, x, wa);
        if (TColumns.Count == 2)
        {
            b = TUnit.Add(b, x, wb);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(TileArgs* args, int row, TSum a, TSum b)
        where TColumns : struct, ITileColumns
    {
        int* target = args->Sums + (row * 8 * TColumns.Count);
        TUnit.Store(TUnit.HasExcess ? TUnit.Subtract(a, args->Excess[row]) : a, target);
        if (TColumns.Count == 2)
        {
            TUnit.Store(TUnit.HasExcess ? TUnit.Subtract(b, args->Excess[row]) : b, target + 8);
        }
    }
}

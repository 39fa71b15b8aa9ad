using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// A tile of up to 6 positions by 16 outputs, four bytes of a position a step: up to twelve sums in registers.
/// </summary>
internal readonly unsafe struct ConvolutionTile<TUnit, TSum, TInput, TWeights> : ITile
    where TUnit : struct, IFourBytes<TSum, TInput, TWeights>
    where TSum : struct
    where TInput : struct
    where TWeights : struct
{
    public static int Rows => TUnit.Rows;

    public static int Offset => TUnit.Offset;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target) =>
        TUnit.Fold(weights, length, bias, target);

    // Twelve locals and not an array: an array of sums would live in memory.
    [SkipLocalsInit]
    public static void Run<TRows, TColumns>(TileArgs* args)
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns
    {
        bool two = TColumns.Count == 2;
        TSum a0 = TUnit.Start(args->Bias), b0 = two ? TUnit.Start(args->Bias + 8) : default;
        TSum a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
        TSum b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;
        nint step = args->Step;
        nint block = args->Block;
        sbyte* w = args->Weights;
        for (nint segment = 0; segment < args->SegmentCount; segment++)
        {
            byte* x = args->Segments[segment] + args->Offset;
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

        int* sums = args->Sums;
        int* bias = args->Bias;
        Finish<TColumns>(a0, b0, bias, 0, sums);
        Finish<TColumns>(a1, b1, bias, 1, sums);
        Finish<TColumns>(a2, b2, bias, 2, sums);
        Finish<TColumns>(a3, b3, bias, 3, sums);
        if (TRows.Count == 6)
        {
            Finish<TColumns>(a4, b4, bias, 4, sums);
            Finish<TColumns>(a5, b5, bias, 5, sums);
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
    private static void Finish<TColumns>(TSum a, TSum b, int* bias, int row, int* sums)
        where TColumns : struct, ITileColumns
    {
        int* target = sums + (row * 8 * TColumns.Count);
        TUnit.Finish(a, bias, target);
        if (TColumns.Count == 2)
        {
            TUnit.Finish(b, bias + 8, target + 8);
        }
    }
}

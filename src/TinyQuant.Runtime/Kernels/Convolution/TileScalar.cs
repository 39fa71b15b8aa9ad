namespace TinyQuant.Kernels.Convolution;

/// <summary>Plain loops: the reference every other tile equals.</summary>
internal readonly unsafe struct TileScalar : ITile
{
    public static int Rows => 4;

    public static int Offset => 0;

    public static void Fold(sbyte* weights, nint length, int* bias, int* target)
    {
    }

    public static void Run<TRows, TColumns>(TileArgs* args)
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns
    {
        int outputs = 8 * TColumns.Count;
        for (int row = 0; row < TRows.Count; row++)
        {
            for (int output = 0; output < outputs; output++)
            {
                args->Sums[(row * outputs) + output] = args->Bias[output] + Product(args, row, output);
            }
        }
    }

    private static int Product(TileArgs* args, int row, int output)
    {
        sbyte* weights = args->Weights + (output / 8 * args->Block) + (output % 8 * 4);
        int sum = 0;
        for (nint segment = 0; segment < args->SegmentCount; segment++)
        {
            sbyte* x = (sbyte*)args->Segments[segment] + args->Offset + (row * args->Step);
            for (nint i = 0; i < args->SegmentLength; i += 4, weights += 32)
            {
                sum += (x[i] * weights[0]) + (x[i + 1] * weights[1]) + (x[i + 2] * weights[2])
                    + (x[i + 3] * weights[3]);
            }
        }

        return sum;
    }
}

namespace TinyQuant.Generator;

/// <summary>
/// Lays int8 weights [outputs, depth] out as the kernels read them: block columns of 8 outputs, the last outputs as
/// columns of 4, 2 and 1; in a column, for each 4 inputs, the 4 weights of each output in turn. The depth is padded
/// to 4 with zeros, the outputs are not padded.
/// </summary>
internal static class WeightPacker
{
    private const int GroupInputs = 4;

    public static byte[] Pack(ReadOnlySpan<byte> weights, int outputs, int depth)
    {
        int groups = (depth + GroupInputs - 1) / GroupInputs;
        byte[] packed = new byte[outputs * groups * GroupInputs];
        int at = 0;
        for (int first = 0; first < outputs;)
        {
            int width = ColumnWidth(outputs - first);
            for (int group = 0; group < groups; group++)
            {
                for (int output = first; output < first + width; output++)
                {
                    for (int input = group * GroupInputs; input < (group + 1) * GroupInputs; input++)
                    {
                        packed[at++] = input < depth ? weights[(output * depth) + input] : (byte)0;
                    }
                }
            }
            first += width;
        }
        return packed;
    }

    /// <summary>The same for windows: each row of the window is padded to 4, so that it may be read where it lies in the input.</summary>
    /// <param name="weights">[outputs, rows, rowLength].</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="rows">Rows of the window.</param>
    /// <param name="rowLength">Columns of the window times channels.</param>
    public static byte[] PackRows(ReadOnlySpan<byte> weights, int outputs, int rows, int rowLength)
    {
        int padded = (rowLength + GroupInputs - 1) / GroupInputs * GroupInputs;
        byte[] spread = new byte[outputs * rows * padded];
        for (int row = 0; row < outputs * rows; row++)
        {
            weights.Slice(row * rowLength, rowLength).CopyTo(spread.AsSpan(row * padded));
        }
        return Pack(spread, outputs, rows * padded);
    }

    /// <summary>
    /// float32 weights [outputs, depth] in block columns of 8 outputs, input by input; the last outputs, fewer than eight,
    /// stay rows.
    /// </summary>
    public static float[] PackFloats(ReadOnlySpan<float> weights, int outputs, int depth)
    {
        float[] packed = weights.ToArray();
        for (int output = 0; output < outputs / 8 * 8; output++)
        {
            for (int input = 0; input < depth; input++)
            {
                packed[(((output / 8 * depth) + input) * 8) + (output % 8)] = weights[(output * depth) + input];
            }
        }
        return packed;
    }

    /// <summary>Outputs of the next column.</summary>
    public static int ColumnWidth(int outputsLeft) => outputsLeft switch
    {
        >= 8 => 8,
        >= 4 => 4,
        >= 2 => 2,
        _ => 1,
    };
}

namespace TinyQuant.Runtime.Tests;

/// <summary>Row-major weights in the order the kernels read, as the generator writes them.</summary>
internal static class PackedWeights
{
    /// <summary>
    /// For matrix-vector products: columns of 32 outputs, in which blocks of 8 alternate, 16 inputs or the last 4 of
    /// each.
    /// </summary>
    public static sbyte[] Pack(ReadOnlySpan<sbyte> weights, int outputs, int depth)
    {
        List<sbyte> packed = [];
        int wide = outputs / 32 * 32;
        for (int column = 0; column < wide; column += 32)
        {
            for (int input = 0; input < depth;)
            {
                int end = input + (depth - input >= 16 ? 16 : 4);
                for (int first = column; first < column + 32; first += 8)
                {
                    Add(packed, weights, depth, first, 8, input, end);
                }

                input = end;
            }
        }

        AddColumns(packed, weights, depth, wide, outputs);
        return [.. packed];
    }

    /// <summary>Weights of windows, [outputs, rows, rowLength], each row padded to 4.</summary>
    public static sbyte[] PackRows(ReadOnlySpan<sbyte> weights, int outputs, int rows, int rowLength)
    {
        int padded = (rowLength + 3) / 4 * 4;
        var spread = new sbyte[outputs * rows * padded];
        for (int row = 0; row < outputs * rows; row++)
        {
            weights.Slice(row * rowLength, rowLength).CopyTo(spread.AsSpan(row * padded));
        }

        List<sbyte> packed = [];
        AddColumns(packed, spread, rows * padded, 0, outputs);
        return [.. packed];
    }

    /// <summary>
    /// Codes from -8 to 7, two to a byte: of 32 the first 16 are lower halves, of the last ones each pair shares a
    /// byte.
    /// </summary>
    public static sbyte[] PackInt4(ReadOnlySpan<sbyte> codes)
    {
        var packed = new sbyte[(codes.Length + 1) / 2];
        for (int i = 0; i < codes.Length; i++)
        {
            bool isWhole = (i / 32 * 32) + 32 <= codes.Length;
            int at = isWhole ? (i / 32 * 16) + (i % 16) : i / 2;
            bool isUpper = isWhole ? i % 32 >= 16 : i % 2 == 1;
            packed[at] |= (sbyte)((codes[i] + 8) << (isUpper ? 4 : 0));
        }

        return packed;
    }

    /// <summary>Multipliers [outputs, groups] in columns of 8, 4, 2 and 1 outputs, group by group.</summary>
    public static sbyte[] PackMultipliers(ReadOnlySpan<sbyte> multipliers, int outputs, int groups)
    {
        var packed = new sbyte[multipliers.Length];
        int at = 0;
        for (int first = 0; first < outputs;)
        {
            int width = (outputs - first) switch { >= 8 => 8, >= 4 => 4, >= 2 => 2, _ => 1 };
            for (int group = 0; group < groups; group++)
            {
                for (int o = first; o < first + width; o++)
                {
                    packed[at++] = multipliers[(o * groups) + group];
                }
            }

            first += width;
        }

        return packed;
    }

    /// <summary>
    /// float32 weights [outputs, depth], eight outputs beside each other, the last fewer as they are.
    /// </summary>
    public static float[] PackFloats(float[] weights, int outputs, int depth)
    {
        float[] packed = [.. weights];
        for (int i = 0; i < outputs / 8 * 8 * depth; i++)
        {
            packed[i] = weights[(((i / (8 * depth) * 8) + (i % 8)) * depth) + (i / 8 % depth)];
        }

        return packed;
    }

    private static void AddColumns(List<sbyte> packed, ReadOnlySpan<sbyte> weights, int depth, int first, int outputs)
    {
        for (int width = 8; first < outputs; first += width)
        {
            width = (outputs - first) switch { >= 8 => 8, >= 4 => 4, >= 2 => 2, _ => 1 };
            Add(packed, weights, depth, first, width, 0, depth);
        }
    }

    private static void Add(
        List<sbyte> packed, ReadOnlySpan<sbyte> weights, int depth, int first, int width, int from, int to)
    {
        for (int group = from; group < to; group += 4)
        {
            for (int o = first; o < first + width; o++)
            {
                for (int i = group; i < group + 4; i++)
                {
                    packed.Add(i < depth ? weights[(o * depth) + i] : (sbyte)0);
                }
            }
        }
    }
}

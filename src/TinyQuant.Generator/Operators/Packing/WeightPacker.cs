using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Generator;

/// <summary>
/// Lays int8 weights [outputs, depth] out as the kernels read them (<see cref="PackedLayout"/>), and float32 ones.
/// </summary>
internal static class WeightPacker
{
    private const int StepInputs = PackedLayout.StepInputs;
    private const int ColumnOutputs = PackedLayout.ColumnOutputs;
    private const int WideOutputs = PackedLayout.WideOutputs;
    private const int WideInputs = PackedLayout.WideInputs;

    /// <summary>
    /// For matrix-vector products: in a column of 32 the blocks of 8 outputs alternate, each with 16 inputs or the last
    /// 4.
    /// </summary>
    public static byte[] Pack(ReadOnlySpan<byte> weights, int outputs, int depth)
    {
        var columns = new WeightColumns(weights, outputs, depth);
        int first = 0;
        for (; first <= outputs - WideOutputs; first += WideOutputs)
        {
            for (int input = 0; input < depth;)
            {
                int inputs = input <= depth - WideInputs ? WideInputs : StepInputs;
                for (int output = first; output < first + WideOutputs; output += ColumnOutputs)
                {
                    columns.Add(output, ColumnOutputs, input, inputs);
                }

                input += inputs;
            }
        }

        columns.AddRest(first);
        return columns.Packed;
    }

    /// <summary>
    /// For windows: each row of the window is padded to 4, so that it may be read where it lies in the input.
    /// </summary>
    /// <param name="weights">[outputs, rows, rowLength].</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="rows">Rows of the window.</param>
    /// <param name="rowLength">Columns of the window times channels.</param>
    public static byte[] PackRows(ReadOnlySpan<byte> weights, int outputs, int rows, int rowLength)
    {
        int padded = (int)PackedLayout.Padded(rowLength);
        byte[] spread = new byte[outputs * rows * padded];
        for (int row = 0; row < outputs * rows; row++)
        {
            weights.Slice(row * rowLength, rowLength).CopyTo(spread.AsSpan(row * padded));
        }

        var columns = new WeightColumns(spread, outputs, rows * padded);
        columns.AddRest(0);
        return columns.Packed;
    }

    /// <summary>
    /// float32 weights [outputs, depth] in block columns of 8 outputs, input by input; the last outputs, fewer than
    /// eight, stay rows.
    /// </summary>
    public static float[] PackFloats(ReadOnlySpan<float> weights, int outputs, int depth)
    {
        float[] packed = weights.ToArray();
        for (int output = 0; output < outputs / ColumnOutputs * ColumnOutputs; output++)
        {
            for (int input = 0; input < depth; input++)
            {
                packed[(((output / ColumnOutputs * depth) + input) * ColumnOutputs) + (output % ColumnOutputs)] =
                    weights[
                    (output * depth) + input];
            }
        }

        return packed;
    }

    private ref struct WeightColumns(ReadOnlySpan<byte> weights, int outputs, int depth)
    {
        private readonly ReadOnlySpan<byte> _weights = weights;
        private int _at;

        public byte[] Packed { get; } = new byte[outputs * (int)PackedLayout.Padded(depth)];

        /// <summary>All inputs of the outputs from one on, in columns of 8, 4, 2 and 1.</summary>
        public void AddRest(int first)
        {
            while (first < outputs)
            {
                int width = PackedLayout.ColumnWidth(outputs - first);
                Add(first, width, 0, depth);
                first += width;
            }
        }

        /// <summary>Some inputs of some outputs: 4 of each output in turn.</summary>
        public void Add(int first, int width, int from, int inputs)
        {
            for (int group = from; group < from + inputs; group += StepInputs)
            {
                for (int output = first; output < first + width; output++)
                {
                    for (int input = group; input < group + StepInputs; input++)
                    {
                        Packed[_at++] = input < depth ? _weights[(output * depth) + input] : (byte)0;
                    }
                }
            }
        }
    }
}

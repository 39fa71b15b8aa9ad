using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Int16;

namespace TinyQuant.Kernels;

public static partial class UnidirectionalSequenceLstm
{
    /// <summary>int16 codes in and out, int8 weights, and an int16 cell state: sums of 64 bits.</summary>
    /// <param name="input">[batches, steps, depth] int16 codes, or [steps, batches, depth].</param>
    /// <param name="isTimeMajor">Whether steps come before batches, in input and output.</param>
    /// <param name="inputWeights">[4 · units, depth] int8 codes, row after row.</param>
    /// <param name="inputBias">[4 · units], less the input's zero point times the sum of the weights.</param>
    /// <param name="recurrentWeights">[4 · units, units] int8 codes, row after row.</param>
    /// <param name="recurrentBias">[4 · units]: less the output's zero point times the sum of the weights.</param>
    /// <param name="scaling">Multipliers, shifts and zero point.</param>
    /// <param name="gates">Room for [4 · units].</param>
    /// <param name="row">Room for [depth] and for [units] codes, rounded up to a multiple of 16.</param>
    /// <param name="outputState">[batches, units]: the output of the step before; it becomes that of the last
    /// step.</param>
    /// <param name="cellState">[batches, units]: read and written as well.</param>
    /// <param name="output">[batches, steps, units] int16 codes, or [steps, batches, units].</param>
    /// <typeparam name="TRounding">The rounding of what is not a sum.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a constant is out of
    /// range.</exception>
    public static void Int16<TRounding>(
        ReadOnlySpan<short> input, bool isTimeMajor, ReadOnlySpan<sbyte> inputWeights, ReadOnlySpan<long> inputBias,
        ReadOnlySpan<sbyte> recurrentWeights, ReadOnlySpan<long> recurrentBias, in LstmScaling scaling,
        Span<short> gates, Span<short> row, Span<short> outputState, Span<short> cellState, Span<short> output)
        where TRounding : struct, IFixedPointRounding
    {
        LstmShape shape = new(
            input.Length, inputBias.Length, recurrentBias.Length, isTimeMajor, gates.Length, outputState.Length,
            cellState.Length, output.Length);
        SpanChecks.Equal(inputWeights.Length, (long)shape.Gates * shape.Depth, "weights", "gates and the depth");
        SpanChecks.Equal(
            recurrentWeights.Length, (long)shape.Gates * shape.Units, "recurrent weights", "gates and units");
        scaling.Check();
        gates = gates[..shape.Gates];
        for (int batch = 0; batch < shape.Batches; batch++)
        {
            Span<short> hidden = outputState.Slice(batch * shape.Units, shape.Units);
            Span<short> cells = cellState.Slice(batch * shape.Units, shape.Units);
            for (int step = 0; step < shape.Steps; step++)
            {
                int at = shape.Row(batch, step);
                gates.Clear();
                AddSums(input.Slice(at * shape.Depth, shape.Depth), inputWeights, inputBias, scaling, 0, row, gates);
                AddSums(hidden, recurrentWeights, recurrentBias, scaling, LstmShape.GateCount, row, gates);
                Step<TRounding, short>(gates, scaling, cells, hidden);
                hidden.CopyTo(output.Slice(at * shape.Units, shape.Units));
            }
        }
    }

    /// <summary>Adds what input or output state bring to each gate, saturated before and after.</summary>
    private static void AddSums(
        ReadOnlySpan<short> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<long> bias, in LstmScaling scaling,
        int firstProduct, Span<short> row, Span<short> gates)
    {
        int units = gates.Length / LstmShape.GateCount;
        ReadOnlySpan<short> padded = Int16Products.Pad(x, row);
        Span<long> sums = stackalloc long[Tile];
        for (int first = 0; first < gates.Length; first += Tile)
        {
            Span<long> tile = sums[..Math.Min(Tile, gates.Length - first)];
            bias.Slice(first, tile.Length).CopyTo(tile);
            Int16Products.Add(padded, x.Length, weights[(first * x.Length)..], x.Length, tile);
            for (int i = 0; i < tile.Length; i++)
            {
                ref short gate = ref gates[first + i];
                gate = LstmScaling.Saturate(gate + scaling.WideSum(firstProduct + ((first + i) / units), tile[i]));
            }
        }
    }
}

using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// Long short-term memory over a sequence: four gates from the input and the last output, a cell state that is kept,
/// added to and shown by them.
/// </summary>
/// <remarks>
/// <para>
/// <c>tensorflow/lite/micro/kernels/lstm_eval.h</c> and <c>lstm_eval_common.cc</c> beside it. Sizes come from the
/// spans: units = a quarter of the bias, batches = cell state / units, steps = output / cell state.
/// </para>
/// <para>
/// The weights of the input, forget, cell and output gate stand one after another, as one matrix. Zero points are
/// folded into the biases beforehand.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class UnidirectionalSequenceLstm
{
    /// <summary>Sums that are scaled at a time; a multiple of the blocks that packed weights stand in.</summary>
    private const int Tile = 64;

    /// <summary>int8 codes in and out, with an int16 cell state.</summary>
    /// <param name="input">[batches, steps, depth] int8 codes, or [steps, batches, depth].</param>
    /// <param name="isTimeMajor">Whether steps come before batches, in input and output.</param>
    /// <param name="inputWeights">[4 · units, depth] int8 codes, packed as for <see cref="FullyConnected"/>.</param>
    /// <param name="inputBias">[4 · units], less the input's zero point times the sum of the weights.</param>
    /// <param name="recurrentWeights">[4 · units, units] int8 codes, packed.</param>
    /// <param name="recurrentBias">[4 · units]: less the output's zero point times the sum of the weights.</param>
    /// <param name="scaling">Multipliers, shifts and zero point.</param>
    /// <param name="gates">Room for [4 · units].</param>
    /// <param name="outputState">[batches, units]: the output of the step before; it becomes that of the last
    /// step.</param>
    /// <param name="cellState">[batches, units]: read and written as well.</param>
    /// <param name="output">[batches, steps, units] int8 codes, or [steps, batches, units].</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a constant is out of
    /// range.</exception>
    public static void Int8<TRange, TRounding>(
        ReadOnlySpan<sbyte> input, bool isTimeMajor, ReadOnlySpan<sbyte> inputWeights, ReadOnlySpan<int> inputBias,
        ReadOnlySpan<sbyte> recurrentWeights, ReadOnlySpan<int> recurrentBias, in LstmScaling scaling,
        Span<short> gates, Span<sbyte> outputState, Span<short> cellState, Span<sbyte> output)
        where TRange : struct, IWeightRange
        where TRounding : struct, IFixedPointRounding
    {
        LstmShape shape = new(
            input.Length, inputBias.Length, recurrentBias.Length, isTimeMajor, gates.Length, outputState.Length,
            cellState.Length, output.Length);
        // checks the weights' lengths
        _ = FullyConnectedShape.OfPacked(shape.Depth, inputWeights.Length, shape.Gates, shape.Gates);
        _ = FullyConnectedShape.OfPacked(shape.Units, recurrentWeights.Length, shape.Gates, shape.Gates);
        scaling.Check();
        gates = gates[..shape.Gates];
        for (int batch = 0; batch < shape.Batches; batch++)
        {
            Span<sbyte> hidden = outputState.Slice(batch * shape.Units, shape.Units);
            Span<short> cells = cellState.Slice(batch * shape.Units, shape.Units);
            for (int step = 0; step < shape.Steps; step++)
            {
                int row = shape.Row(batch, step);
                InputSums<TRange, TRounding>(
                    input.Slice(row * shape.Depth, shape.Depth), inputWeights, inputBias, scaling, gates);
                AddRecurrentSums<TRange, TRounding>(hidden, recurrentWeights, recurrentBias, scaling, gates);
                Step<TRounding, sbyte>(gates, scaling, cells, hidden);
                hidden.CopyTo(output.Slice(row * shape.Units, shape.Units));
            }
        }
    }

    private static void InputSums<TRange, TRounding>(
        ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, in LstmScaling scaling,
        Span<short> gates)
        where TRange : struct, IWeightRange
        where TRounding : struct, IFixedPointRounding
    {
        int units = gates.Length / LstmShape.GateCount;
        Span<int> sums = stackalloc int[Tile];
        for (int first = 0; first < gates.Length; first += Tile)
        {
            Span<int> tile = sums[..Math.Min(Tile, gates.Length - first)];
            Accumulate<TRange>(input, weights, bias, first, tile);
            for (int i = 0; i < tile.Length; i++)
            {
                gates[first + i] = (short)scaling.InputSum<TRounding>((first + i) / units, tile[i]);
            }
        }
    }

    private static void AddRecurrentSums<TRange, TRounding>(
        ReadOnlySpan<sbyte> hidden, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, in LstmScaling scaling,
        Span<short> gates)
        where TRange : struct, IWeightRange
        where TRounding : struct, IFixedPointRounding
    {
        int units = gates.Length / LstmShape.GateCount;
        Span<int> sums = stackalloc int[Tile];
        for (int first = 0; first < gates.Length; first += Tile)
        {
            Span<int> tile = sums[..Math.Min(Tile, gates.Length - first)];
            Accumulate<TRange>(hidden, weights, bias, first, tile);
            for (int i = 0; i < tile.Length; i++)
            {
                ref short gate = ref gates[first + i];
                gate = LstmScaling.Saturate(gate + scaling.RecurrentSum<TRounding>((first + i) / units, tile[i]));
            }
        }
    }

    /// <summary>The sums of the outputs from <paramref name="first"/> on.</summary>
    private static void Accumulate<TRange>(
        ReadOnlySpan<sbyte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, int first, Span<int> sums)
        where TRange : struct, IWeightRange => FullyConnected.Accumulate<TRange>(
            x,
            weights.Slice(
                FullyConnected.PackedLength(first, x.Length), FullyConnected.PackedLength(sums.Length, x.Length)),
            bias.Slice(first, sums.Length),
            sums);

    /// <summary>The step of all units, from the sums of their gates.</summary>
    private static void Step<TRounding, T>(
        ReadOnlySpan<short> gates, in LstmScaling scaling, Span<short> cells, Span<T> hidden)
        where TRounding : struct, IFixedPointRounding
        where T : struct, IBinaryInteger<T>
    {
        const int gatePower = -12;
        int units = cells.Length;
        for (int i = 0; i < units; i++)
        {
            short inputGate = SigmoidTable.Sigmoid(gates[i]);
            short forgetGate = SigmoidTable.Sigmoid(gates[units + i]);
            short cellGate = SigmoidTable.Tanh(gates[(2 * units) + i], gatePower);
            short outputGate = SigmoidTable.Sigmoid(gates[(3 * units) + i]);
            short cell = LstmScaling.Saturate(
                scaling.Kept<TRounding>(forgetGate, cells[i]) + scaling.Added<TRounding>(inputGate, cellGate));
            cell = (short)Math.Clamp(cell, -scaling.CellClip, scaling.CellClip);
            cells[i] = cell;
            hidden[i] = T.CreateSaturating(
                scaling.Output<TRounding>(SigmoidTable.Tanh(cell, scaling.CellPower), outputGate));
        }
    }
}

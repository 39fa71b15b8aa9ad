using TinyQuant.Kernels.FloatUnits;

namespace TinyQuant.Kernels;

public static partial class UnidirectionalSequenceLstm
{
    /// <summary>float32 throughout.</summary>
    /// <remarks>The order of the additions is the instruction set's, so the last bits differ between processors.</remarks>
    /// <param name="input">[batches, steps, depth] real values, or [steps, batches, depth].</param>
    /// <param name="isTimeMajor">Whether steps come before batches, in input and output.</param>
    /// <param name="inputWeights">[4 · units, depth] real values.</param>
    /// <param name="recurrentWeights">[4 · units, units] real values.</param>
    /// <param name="bias">[4 · units] real values.</param>
    /// <param name="cellClip">The greatest magnitude of a cell state; positive infinity for none.</param>
    /// <param name="gates">Room for [4 · units].</param>
    /// <param name="outputState">[batches, units]: the output of the step before; it becomes that of the last step.</param>
    /// <param name="cellState">[batches, units]: read and written as well.</param>
    /// <param name="output">[batches, steps, units] real values, or [steps, batches, units].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, bool isTimeMajor, ReadOnlySpan<float> inputWeights, ReadOnlySpan<float> recurrentWeights,
        ReadOnlySpan<float> bias, float cellClip, Span<float> gates, Span<float> outputState, Span<float> cellState, Span<float> output)
    {
        LstmShape shape = new(
            input.Length, bias.Length, bias.Length, isTimeMajor, gates.Length, outputState.Length, cellState.Length, output.Length);
        _ = FullyConnectedShape.OfRows(shape.Depth, inputWeights.Length, shape.Gates, shape.Gates); // checks the weights' lengths
        _ = FullyConnectedShape.OfRows(shape.Units, recurrentWeights.Length, shape.Gates, shape.Gates);
        gates = gates[..shape.Gates];
        for (int batch = 0; batch < shape.Batches; batch++)
        {
            Span<float> hidden = outputState.Slice(batch * shape.Units, shape.Units);
            Span<float> cells = cellState.Slice(batch * shape.Units, shape.Units);
            for (int step = 0; step < shape.Steps; step++)
            {
                int row = shape.Row(batch, step);
                FloatDispatch.Run(input.Slice(row * shape.Depth, shape.Depth), inputWeights, bias, gates);
                FloatDispatch.Run(hidden, recurrentWeights, gates, gates); // adds in place
                Step(gates, cellClip, cells, hidden);
                hidden.CopyTo(output.Slice(row * shape.Units, shape.Units));
            }
        }
    }

    private static void Step(ReadOnlySpan<float> gates, float cellClip, Span<float> cells, Span<float> hidden)
    {
        int units = cells.Length;
        for (int i = 0; i < units; i++)
        {
            float added = Sigmoid(gates[i]) * MathF.Tanh(gates[(2 * units) + i]);
            float cell = (Sigmoid(gates[units + i]) * cells[i]) + added;
            cell = Math.Max(Math.Min(cell, cellClip), -cellClip);
            cells[i] = cell;
            hidden[i] = MathF.Tanh(cell) * Sigmoid(gates[(3 * units) + i]);
        }
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}

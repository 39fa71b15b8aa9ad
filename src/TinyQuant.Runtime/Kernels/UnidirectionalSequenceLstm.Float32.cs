using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.FloatDot;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Rows;

namespace TinyQuant.Kernels;

public static partial class UnidirectionalSequenceLstm
{
    /// <summary>float32 throughout.</summary>
    /// <remarks>
    /// The order of the additions is the instruction set's, so the last bits differ between processors. Each product of
    /// a matrix is clamped to finite values by itself, as in <c>CalculateLstmGate</c> of
    /// <c>tensorflow/lite/micro/kernels/lstm_eval.h</c>, which takes fully connected layers without an activation for
    /// them.
    /// </remarks>
    /// <param name="input">[batches, steps, depth] real values, or [steps, batches, depth].</param>
    /// <param name="isTimeMajor">Whether steps come before batches, in input and output.</param>
    /// <param name="inputWeights">[4 · units, depth] real values.</param>
    /// <param name="recurrentWeights">[4 · units, units] real values.</param>
    /// <param name="bias">[4 · units] real values.</param>
    /// <param name="cellClip">The greatest magnitude of a cell state; positive infinity for none.</param>
    /// <param name="gates">Room for [4 · units].</param>
    /// <param name="outputState">[batches, units]: the output of the step before; it becomes that of the last
    /// step.</param>
    /// <param name="cellState">[batches, units]: read and written as well.</param>
    /// <param name="output">[batches, steps, units] real values, or [steps, batches, units].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, bool isTimeMajor, ReadOnlySpan<float> inputWeights,
        ReadOnlySpan<float> recurrentWeights,
        ReadOnlySpan<float> bias, float cellClip, Span<float> gates, Span<float> outputState, Span<float> cellState,
        Span<float> output)
    {
        LstmShape shape = new(
            input.Length, bias.Length, bias.Length, isTimeMajor, gates.Length, outputState.Length, cellState.Length,
            output.Length);
        // checks the weights' lengths
        _ = FullyConnectedShape.OfRows(shape.Depth, inputWeights.Length, shape.Gates, shape.Gates);
        _ = FullyConnectedShape.OfRows(shape.Units, recurrentWeights.Length, shape.Gates, shape.Gates);
        gates = gates[..shape.Gates];
        for (int batch = 0; batch < shape.Batches; batch++)
        {
            Span<float> hidden = outputState.Slice(batch * shape.Units, shape.Units);
            Span<float> cells = cellState.Slice(batch * shape.Units, shape.Units);
            for (int step = 0; step < shape.Steps; step++)
            {
                int row = shape.Row(batch, step);
                FloatDispatch.Run(input.Slice(row * shape.Depth, shape.Depth), inputWeights, bias, float.MinValue,
                    float.MaxValue, gates);
                AddRecurrent(hidden, recurrentWeights, gates);
                Step(gates, cellClip, cells, hidden);
                hidden.CopyTo(output.Slice(row * shape.Units, shape.Units));
            }
        }
    }

    private static void AddRecurrent(ReadOnlySpan<float> hidden, ReadOnlySpan<float> weights, Span<float> gates)
    {
        Span<float> products = stackalloc float[Tile];
        for (int first = 0; first < gates.Length; first += Tile)
        {
            Span<float> tile = products[..Math.Min(Tile, gates.Length - first)];
            tile.Clear(); // the bias, which is added in place
            FloatDispatch.Run(
                hidden, weights.Slice(first * hidden.Length, tile.Length * hidden.Length), tile, float.MinValue,
                float.MaxValue, tile);
            PlaneSums.Add(tile, gates[first..]);
        }
    }

    private static void Step(ReadOnlySpan<float> gates, float cellClip, Span<float> cells, Span<float> hidden)
    {
        int units = cells.Length;
        for (int i = 0; i < units; i++)
        {
            float added = Activations.Sigmoid(gates[i]) * MathF.Tanh(gates[(2 * units) + i]);
            float kept = ActivationClamp.Of(
                Activations.Sigmoid(gates[units + i]) * cells[i], float.MinValue, float.MaxValue);
            float cell = Clip(kept + added, cellClip);
            cells[i] = cell;
            hidden[i] = MathF.Tanh(cell) * Activations.Sigmoid(gates[(3 * units) + i]);
        }
    }

    // std::max(std::min(clip, cell), -clip), where there is a clip: a cell that is NaN becomes the clip then.
    private static float Clip(float cell, float clip)
    {
        if (float.IsPositiveInfinity(clip))
        {
            return cell;
        }

        float least = cell < clip ? cell : clip;
        return least < -clip ? -clip : least;
    }
}

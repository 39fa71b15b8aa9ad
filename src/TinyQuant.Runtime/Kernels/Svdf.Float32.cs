using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.FloatDot;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

public static partial class Svdf
{
    /// <summary>float32 throughout.</summary>
    /// <remarks>
    /// The order of the additions is the instruction set's, so the last bits differ between processors. Unlike
    /// elsewhere, the bias comes first, the filters of a unit are added to it one by one, and infinities pass where the
    /// activation has no bound: <c>ApplyTimeWeightsBiasAndActivation</c> of
    /// <c>tensorflow/lite/micro/kernels/svdf_common.cc</c>.
    /// </remarks>
    /// <param name="input">[batches, depth] real values.</param>
    /// <param name="featureWeights">[filters, depth] real values.</param>
    /// <param name="timeWeights">[filters, memory] real values.</param>
    /// <param name="bias">[units] real values.</param>
    /// <param name="min">The activation's least value; negative infinity for none.</param>
    /// <param name="max">The activation's greatest value; positive infinity for none.</param>
    /// <param name="filters">How many filters there are, at least 1.</param>
    /// <param name="state">[batches, filters, memory] real values, the oldest first; it is moved on by one.</param>
    /// <param name="output">[batches, units] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, ReadOnlySpan<float> featureWeights, ReadOnlySpan<float> timeWeights,
        ReadOnlySpan<float> bias,
        float min, float max, int filters, Span<float> state, Span<float> output)
    {
        SvdfShape shape = new(input.Length, filters, timeWeights.Length, bias.Length, state.Length, output.Length);
        Features(shape, input, featureWeights, state);
        for (int batch = 0; batch < shape.Batches; batch++)
        {
            FloatDispatch.Run(
                state.Slice(batch * shape.BatchLength, shape.BatchLength), timeWeights, shape.Memory, bias,
                output.Slice(batch * shape.Units, shape.Units));
        }

        Activate(output, min, max);
    }

    /// <summary>
    /// <c>ActivationValFloat</c> of <c>tensorflow/lite/micro/kernels/activation_utils.h</c>, whose <c>fmin</c> and
    /// <c>fmax</c> make NaN a bound: the greatest where there is one, else the least.
    /// </summary>
    private static void Activate(Span<float> reals, float min, float max)
    {
        ActivationClamp.Run(reals, min, max);
        if (float.IsFinite(min))
        {
            float ofNan = float.IsFinite(max) ? max : min;
            foreach (ref float real in reals)
            {
                real = float.IsNaN(real) ? ofNan : real;
            }
        }
    }

    private static void Features(
        in SvdfShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> weights, Span<float> state)
    {
        // checks the weights' length
        _ = FullyConnectedShape.OfRows(shape.Depth, weights.Length, shape.Filters, shape.Filters);
        state[1..].CopyTo(state);
        Span<float> sums = stackalloc float[Tile];
        for (int batch = 0; batch < shape.Batches; batch++)
        {
            ReadOnlySpan<float> row = input.Slice(batch * shape.Depth, shape.Depth);
            Span<float> memory = state.Slice(batch * shape.BatchLength, shape.BatchLength);
            for (int first = 0; first < shape.Filters; first += Tile)
            {
                Span<float> tile = sums[..Math.Min(Tile, shape.Filters - first)];
                tile.Clear(); // the products are added in place
                FloatDispatch.Run(
                    row, weights.Slice(first * shape.Depth, tile.Length * shape.Depth), tile, float.NegativeInfinity,
                    float.PositiveInfinity, tile);
                for (int i = 0; i < tile.Length; i++)
                {
                    memory[((first + i + 1) * shape.Memory) - 1] = tile[i];
                }
            }
        }
    }
}

using System.ComponentModel;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels;

/// <summary>
/// A layer of filters over features and time: each filter remembers its last sums over the input, and an output is the
/// weighted sum of what the filters of its unit remember.
/// </summary>
/// <remarks>
/// <para>
/// <c>tensorflow/lite/micro/kernels/svdf_common.cc</c>. Sizes come from the spans: filters = length of the features'
/// bias, units = length of the bias, batches = outputs / units, memory = weights of time / filters.
/// </para>
/// <para>
/// The filters of a unit stand one after another, and so does what they remember: the sum over a unit's filters and
/// over time is one dot product. Zero points of what is multiplied are folded into the biases beforehand.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Svdf
{
    /// <summary>
    /// Filters whose sums are scaled at a time; a multiple of the blocks that packed weights stand in.
    /// </summary>
    private const int Tile = 64;

    /// <summary>int8 codes in and out, with an int16 state.</summary>
    /// <param name="input">[batches, depth] int8 codes.</param>
    /// <param name="featureWeights">[filters, depth] int8 codes, packed as for <see cref="FullyConnected"/>.</param>
    /// <param name="featureBias">[filters], less the input's zero point times the sum of the filter's weights.</param>
    /// <param name="timeWeights">[filters, memory] int16 codes.</param>
    /// <param name="bias">[units], less the state's zero point times the sum of the unit's weights of time.</param>
    /// <param name="scaling">Multipliers, shifts and zero points.</param>
    /// <param name="state">[batches, filters, memory] int16 codes, the oldest first; it is moved on by one.</param>
    /// <param name="output">[batches, units] int8 codes.</param>
    /// <typeparam name="TRange">Whether weights of features of -128 occur.</typeparam>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRange, TRounding>(
        ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> featureWeights, ReadOnlySpan<int> featureBias,
        ReadOnlySpan<short> timeWeights,
        ReadOnlySpan<int> bias, in SvdfScaling scaling, Span<short> state, Span<sbyte> output)
        where TRange : struct, IWeightRange
        where TRounding : struct, IFixedPointRounding
    {
        SvdfShape shape = new(
            input.Length, featureBias.Length, timeWeights.Length, bias.Length, state.Length, output.Length);
        Features<short, Int16State, TRange, TRounding>(shape, input, featureWeights, featureBias, scaling, state);
        Time<short, Int16State, TRounding>(shape, timeWeights, bias, scaling, state, output);
    }

    /// <summary>int8 codes in and out, with an int8 state.</summary>
    /// <param name="input">[batches, depth] int8 codes.</param>
    /// <param name="featureWeights">[filters, depth] int8 codes, packed as for <see cref="FullyConnected"/>.</param>
    /// <param name="featureBias">[filters], less the input's zero point times the sum of the filter's weights.</param>
    /// <param name="timeWeights">[filters, memory] int8 codes.</param>
    /// <param name="bias">[units], less the state's zero point times the sum of the unit's weights of time.</param>
    /// <param name="scaling">Multipliers, shifts and zero points.</param>
    /// <param name="state">[batches, filters, memory] int8 codes, the oldest first; it is moved on by one.</param>
    /// <param name="output">[batches, units] int8 codes.</param>
    /// <typeparam name="TRange">Whether weights of features of -128 occur.</typeparam>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8<TRange, TRounding>(
        ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> featureWeights, ReadOnlySpan<int> featureBias,
        ReadOnlySpan<sbyte> timeWeights,
        ReadOnlySpan<int> bias, in SvdfScaling scaling, Span<sbyte> state, Span<sbyte> output)
        where TRange : struct, IWeightRange
        where TRounding : struct, IFixedPointRounding
    {
        SvdfShape shape = new(
            input.Length, featureBias.Length, timeWeights.Length, bias.Length, state.Length, output.Length);
        Features<sbyte, Int8State, TRange, TRounding>(shape, input, featureWeights, featureBias, scaling, state);
        Time<sbyte, Int8State, TRounding>(shape, timeWeights, bias, scaling, state, output);
    }

    /// <summary>Moves the state on, and writes what the filters make of the input as its newest elements.</summary>
    private static void Features<T, TState, TRange, TRounding>(
        in SvdfShape shape, ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        in SvdfScaling scaling, Span<T> state)
        where TState : struct, IStateCodes<T>
        where TRange : struct, IWeightRange
        where TRounding : struct, IFixedPointRounding
    {
        // checks the weights' length
        _ = FullyConnectedShape.OfPacked(shape.Depth, weights.Length, shape.Filters, shape.Filters);
        state[1..].CopyTo(state);
        Span<int> sums = stackalloc int[Tile];
        for (int batch = 0; batch < shape.Batches; batch++)
        {
            ReadOnlySpan<sbyte> row = input.Slice(batch * shape.Depth, shape.Depth);
            Span<T> memory = state.Slice(batch * shape.BatchLength, shape.BatchLength);
            for (int first = 0; first < shape.Filters; first += Tile)
            {
                Span<int> tile = sums[..Math.Min(Tile, shape.Filters - first)];
                FullyConnected.Accumulate<TRange>(
                    row,
                    weights.Slice(FullyConnected.PackedLength(first, shape.Depth),
                        FullyConnected.PackedLength(tile.Length, shape.Depth)),
                    bias.Slice(first, tile.Length),
                    tile);
                for (int i = 0; i < tile.Length; i++)
                {
                    int scaled = TRounding.Multiply(tile[i], scaling.StateMultiplier, scaling.StateShift);
                    memory[((first + i + 1) * shape.Memory) - 1] = TState.Stored(scaled, scaling.StateZeroPoint);
                }
            }
        }
    }

    private static void Time<T, TState, TRounding>(
        in SvdfShape shape, ReadOnlySpan<T> weights, ReadOnlySpan<int> bias, in SvdfScaling scaling,
        ReadOnlySpan<T> state, Span<sbyte> output)
        where TState : struct, IStateCodes<T>
        where TRounding : struct, IFixedPointRounding
    {
        for (int i = 0; i < output.Length; i++)
        {
            int unit = i % shape.Units;
            int sum = bias[unit] + TState.Dot(
                state.Slice(i * shape.UnitLength, shape.UnitLength),
                weights.Slice(unit * shape.UnitLength, shape.UnitLength));
            int scaled = TRounding.Multiply(sum, scaling.OutputMultiplier, scaling.OutputShift);
            output[i] = (sbyte)Math.Clamp((long)scaled + scaling.OutputZeroPoint, sbyte.MinValue, sbyte.MaxValue);
        }
    }

    /// <summary>What differs between the types of state.</summary>
    private interface IStateCodes<T>
    {
        static abstract int Dot(ReadOnlySpan<T> state, ReadOnlySpan<T> weights);

        /// <summary>Clamped to the type before the zero point is added, so that what is stored wraps around.</summary>
        static abstract T Stored(int scaled, int zeroPoint);
    }

    private readonly struct Int16State : IStateCodes<short>
    {
        public static int Dot(ReadOnlySpan<short> state, ReadOnlySpan<short> weights) => Int16Dot.Run(state, weights);

        public static short Stored(int scaled, int zeroPoint) =>
            (short)(Math.Clamp(scaled, short.MinValue, short.MaxValue) + zeroPoint);
    }

    private readonly struct Int8State : IStateCodes<sbyte>
    {
        public static int Dot(ReadOnlySpan<sbyte> state, ReadOnlySpan<sbyte> weights) =>
            SignedDot.Run(state, weights, zeroPoint: 0);

        public static sbyte Stored(int scaled, int zeroPoint) =>
            (sbyte)(Math.Clamp(scaled, sbyte.MinValue, sbyte.MaxValue) + zeroPoint);
    }
}

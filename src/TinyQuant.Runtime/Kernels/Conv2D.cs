using System.ComponentModel;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels;

/// <summary>Two-dimensional convolution, TensorFlow Lite's CONV_2D, int8 and float32.</summary>
/// <remarks>
/// Each window becomes a row of im2col, in scratch or where it lies, and the row meets the weights as in
/// <see cref="FullyConnected"/>: <c>acc[o] = bias[o] + Σ weights[o, tap, c] · x[tap, c]</c>. What lies outside of the input
/// counts as its zero point, so the folded bias is right there too.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Conv2D
{
    private const int Tile = 64;

    /// <summary>int8 codes in, int8 codes out.</summary>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="weights">[outputs, filter height · filter width · channels] int8 codes, packed as for <see cref="FullyConnected"/>.</param>
    /// <param name="bias">[outputs], with the input's zero point folded in: <c>bias − zp·Σw</c>.</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="r">Multipliers and shifts or scales (one, or one for each output), the output's zero point and clamp.</param>
    /// <param name="patch">Room for one window over all channels; none is needed for windows of one element that are never outside.</param>
    /// <param name="output">[batches, output height, output width, outputs] int8 codes.</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    public static void Int8<TRange, TRequantizer>(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        int inputZeroPoint, in Requantization r, Span<sbyte> patch, Span<sbyte> output)
        where TRange : struct, IWeightRange
        where TRequantizer : struct, IRequantizer
    {
        geometry.Check(input.Length, output.Length);
        r.Check(geometry.OutputChannels);
        Lengths.Equal(bias.Length, geometry.OutputChannels, "bias", "outputs");
        Lengths.Equal(weights.Length, FullyConnected.PackedLength(geometry.OutputChannels, geometry.PatchLength), "weights", "geometry");
        if (geometry.FilterHeight * geometry.FilterWidth > 1)
        {
            Lengths.AtLeast(patch.Length, geometry.PatchLength, "patch", "geometry");
        }

        Arguments arguments = new()
        {
            Input = input,
            Geometry = ref geometry,
            Weights = weights,
            Bias = bias,
            InputZeroPoint = (sbyte)inputZeroPoint,
            Requantization = r,
            Patch = patch,
            Output = output,
        };
        DotDispatch.Run<Kernel<TRequantizer>, Arguments, TRange>(isUnsigned: false, ref arguments);
    }

    private ref struct Arguments
    {
        public ReadOnlySpan<sbyte> Input;
        public ref readonly WindowGeometry Geometry;
        public ReadOnlySpan<sbyte> Weights;
        public ReadOnlySpan<int> Bias;
        public sbyte InputZeroPoint;
        public Requantization Requantization;
        public Span<sbyte> Patch;
        public Span<sbyte> Output;
    }

    /// <summary>The whole convolution for one unit, so that it is chosen once.</summary>
    private readonly struct Kernel<TRequantizer> : IDotKernel<Arguments>
        where TRequantizer : struct, IRequantizer
    {
        public static void Run<TUnit, TSum, TInput>(ref Arguments args)
            where TUnit : struct, IDotUnit<TSum, TInput>
            where TSum : struct
            where TInput : struct
        {
            ref readonly WindowGeometry g = ref args.Geometry;
            int image = g.InputHeight * g.InputRow;
            int at = 0;
            for (int batch = 0; batch < g.Batches; batch++)
            {
                ReadOnlySpan<sbyte> input = args.Input.Slice(batch * image, image);
                for (int row = 0; row < g.OutputHeight; row++)
                {
                    for (int column = 0; column < g.OutputWidth; column++)
                    {
                        ReadOnlySpan<sbyte> patch = Patch.Gather(input, g, row, column, args.InputZeroPoint, args.Patch);
                        Pixel<TUnit, TSum, TInput>(ref args, patch, args.Output.Slice(at, g.OutputChannels));
                        at += g.OutputChannels;
                    }
                }
            }
        }

        private static void Pixel<TUnit, TSum, TInput>(ref Arguments args, ReadOnlySpan<sbyte> patch, Span<sbyte> output)
            where TUnit : struct, IDotUnit<TSum, TInput>
            where TSum : struct
            where TInput : struct
        {
            int padded = (patch.Length + 3) / 4 * 4;
            Span<int> sums = stackalloc int[Tile];
            for (int first = 0; first < output.Length; first += Tile)
            {
                int count = Math.Min(Tile, output.Length - first);
                RowArgs row = new()
                {
                    Input = MemoryMarshal.AsBytes(patch),
                    Weights = args.Weights.Slice(first * padded, count * padded),
                    Bias = args.Bias.Slice(first, count),
                    Accumulators = sums[..count],
                };
                FullyConnectedKernel.Run<TUnit, TSum, TInput>(ref row);
                TRequantizer.Run(sums[..count], args.Requantization, first, output.Slice(first, count));
            }
        }
    }
}

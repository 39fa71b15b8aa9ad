using TinyQuant.Kernels;
using TinyQuant.Kernels.Int16;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Layers with state, over some runs.</summary>
internal static class RecurrentCases
{
    [KernelCase("Svdf.Int8", "Svdf.Float32")]
    public static void SvdfLayers(GuardedSpans s)
    {
        SvdfSizes n = new(s);
        sbyte[] weights = s.Codes(n.Filters * n.Depth, -127), time = s.Codes(n.Filters * n.Memory);
        int[] featureBias = s.Biases(n.Filters), bias = s.Biases(n.Units);
        SvdfScaling scaling = new(s.Int(1 << 30, int.MaxValue), s.Int(-16, -13), s.Int(-5, 5),
            s.Int(1 << 30, int.MaxValue), s.Int(-12, -8), s.Int(-50, 50));
        Span<sbyte> state = s.Copy(new sbyte[n.State]), output = s.Room<sbyte>(n.Batches * n.Units);
        Span<short> wide = s.Copy(new short[n.State]);
        Span<float> reals = s.Copy(new float[n.State]), realOutput = s.Room<float>(n.Batches * n.Units);
        double[] expectedState = new double[n.State], expectedReals = new double[n.State];
        for (int run = 0; run < 3; run++)
        {
            sbyte[] input = s.Codes(n.Batches * n.Depth);
            Span<sbyte> x = s.Copy(input), packed = s.Copy(PackedWeights.Pack(weights, n.Filters, n.Depth));
            double[] features = DenseCases.Sums(
                WindowCases.Less(input, 0), WindowCases.Less(weights, 0), WindowCases.Doubles(featureBias), n.Batches);
            n.Remember(expectedState, features,
                sum =>
                    FixedPointCase.Scale(false, (int)sum, scaling.StateMultiplier, scaling.StateShift)
                        + scaling.StateZeroPoint);
            double[] sums = n.Sums(expectedState, WindowCases.Less(time, 0), WindowCases.Doubles(bias));
            sbyte[] expected = Array.ConvertAll(sums, sum =>
                (sbyte)Math.Clamp(
                    FixedPointCase.Scale(false, (int)sum, scaling.OutputMultiplier, scaling.OutputShift)
                        + scaling.OutputZeroPoint, -128, 127));
            Svdf.Int8<NarrowWeights, DoubleRounding>(
                x, packed, s.Copy(featureBias), s.Copy(time), s.Copy(bias), scaling, state, output);
            Assert.Equal(expected, output.ToArray());
            Svdf.Int8<NarrowWeights, DoubleRounding>(
                x, packed, s.Copy(featureBias), s.Copy(Array.ConvertAll(time, w => (short)w)), s.Copy(bias), scaling,
                wide, output);
            Assert.Equal(expected, output.ToArray());
            Assert.Equal(Array.ConvertAll(state.ToArray(), code => (short)code), wide.ToArray());

            double[] small = Array.ConvertAll(input, code => code / 64.0),
                realWeights = Array.ConvertAll(weights, w => w / 64.0);
            n.Remember(
                expectedReals, DenseCases.Sums(small, realWeights, new double[n.Filters], n.Batches), sum => sum);
            double[] realSums = n.Sums(expectedReals, Array.ConvertAll(time, w => w / 64.0), WindowCases.Doubles(bias));
            Svdf.Float32(
                s.Copy(Floats(small)), s.Copy(Floats(realWeights)), s.Copy(Array.ConvertAll(time, w => w / 64f)),
                s.Copy(Array.ConvertAll(bias, b => (float)b)),
                -30_000, 30_000, n.Filters, reals, realOutput);
            Near(Array.ConvertAll(realSums, sum => Math.Clamp(sum, -30_000, 30_000)), realOutput, 1e-5);
        }
    }

    [KernelCase("UnidirectionalSequenceLstm.Int8")]
    public static void LstmInt8(GuardedSpans s)
    {
        LstmSizes n = new(s);
        sbyte[] input = s.Codes(n.Batches * n.Steps * n.Depth), weights = s.Codes(n.Gates * n.Depth),
            recurrent = s.Codes(n.Gates * n.Units);
        int[] bias = s.Biases(n.Gates), recurrentBias = s.Biases(n.Gates);
        int[] multipliers = s.Values(11, () => s.Int(1 << 30, int.MaxValue));
        int[] shifts = [.. s.Values(8, () => s.Int(-5, -2)), -14, -18, -22];
        (int power, int clip, int zeroPoint) = (s.Int(-15, -9), s.Of(1 << 15, 3000), s.Int(-128, 127));
        Span<sbyte> hidden = s.Copy(s.Codes(n.Batches * n.Units)),
            output = s.Room<sbyte>(n.Batches * n.Steps * n.Units);
        Span<short> cells = s.Copy(s.Values(hidden.Length, () => (short)s.Int(-2000, 2000)));
        PlainLstm plain = new(
            n, weights, WindowCases.Doubles(bias), recurrent, WindowCases.Doubles(recurrentBias), multipliers, shifts,
            power, clip, zeroPoint);
        double[] expected = plain.Run(WindowCases.Less(input, 0), WindowCases.Less(hidden, 0), cells.ToArray());
        UnidirectionalSequenceLstm.Int8<FullWeights, DoubleRounding>(
            s.Copy(input), n.IsTimeMajor, s.Copy(PackedWeights.Pack(weights, n.Gates, n.Depth)), s.Copy(bias),
            s.Copy(PackedWeights.Pack(recurrent, n.Gates, n.Units)), s.Copy(recurrentBias),
            new(s.Copy(multipliers), s.Copy(shifts), power, clip, zeroPoint), s.Room<short>(n.Gates), hidden, cells,
            output);
        Assert.Equal(expected, WindowCases.Less(output, 0));
        Assert.Equal(plain.Cells, cells.ToArray());
        Assert.Equal(plain.Hidden, WindowCases.Less(hidden, 0));
    }

    [KernelCase("UnidirectionalSequenceLstm.Int16")]
    public static void LstmInt16(GuardedSpans s)
    {
        LstmSizes n = new(s);
        short[] input = Int16Cases.Codes(s, n.Batches * n.Steps * n.Depth);
        sbyte[] weights = s.Codes(n.Gates * n.Depth), recurrent = s.Codes(n.Gates * n.Units);
        int[] bias = s.Biases(n.Gates), recurrentBias = s.Biases(n.Gates);
        int[] multipliers = s.Values(11, () => s.Int(1 << 30, int.MaxValue));
        int[] shifts = [.. s.Values(8, () => s.Int(-13, -10)), -14, -18, -16];
        (int power, int clip, int zeroPoint) = (s.Int(-15, -9), s.Of(1 << 15, 3000), s.Int(-999, 999));
        Span<short> hidden = s.Copy(Int16Cases.Codes(s, n.Batches * n.Units)),
            output = s.Room<short>(n.Batches * n.Steps * n.Units);
        Span<short> cells = s.Copy(s.Values(hidden.Length, () => (short)s.Int(-2000, 2000)));
        PlainLstm plain = new(
            n, weights, WindowCases.Doubles(bias), recurrent, WindowCases.Doubles(recurrentBias), multipliers, shifts,
            power, clip, zeroPoint, isInt16: true);
        double[] expected = plain.Run(Int16Cases.Doubles(input), Int16Cases.Doubles(hidden), cells.ToArray());
        int[] baked = [
            .. multipliers.Select((m, i) => i >= 8 ? m : m < 0x7FFF0000 ? (m + (1 << 15)) >> 16 : 0x7FFF)];
        UnidirectionalSequenceLstm.Int16<DoubleRounding>(
            s.Copy(input), n.IsTimeMajor, s.Copy(weights), s.Copy(Array.ConvertAll(bias, b => (long)b)),
            s.Copy(recurrent), s.Copy(Array.ConvertAll(recurrentBias, b => (long)b)),
            new(s.Copy(baked), s.Copy(shifts), power, clip, zeroPoint), s.Room<short>(n.Gates),
            s.Room<short>(Int16Layout.Padded(Math.Max(n.Depth, n.Units))), hidden, cells, output);
        Assert.Equal(expected, Int16Cases.Doubles(output));
        Assert.Equal(plain.Cells, cells.ToArray());
        Assert.Equal(plain.Hidden, Int16Cases.Doubles(hidden));
    }

    [KernelCase("UnidirectionalSequenceLstm.Float32")]
    public static void LstmFloat32(GuardedSpans s)
    {
        LstmSizes n = new(s);
        float[] Reals(int count) => s.Values(count, () => (s.Random.NextSingle() - 0.5f) / 4);
        float[] input = Reals(n.Batches * n.Steps * n.Depth), weights = Reals(n.Gates * n.Depth),
            recurrent = Reals(n.Gates * n.Units), bias = Reals(n.Gates);
        Span<float> hidden = s.Copy(Reals(n.Batches * n.Units)), cells = s.Copy(Reals(hidden.Length)),
            output = s.Room<float>(n.Batches * n.Steps * n.Units);
        const double clip = 0.3;
        double[] h = WindowCases.Doubles(hidden.ToArray()), c = WindowCases.Doubles(cells.ToArray()),
            expected = new double[output.Length];
        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        n.ForEachStep((batch, row) =>
        {
            double[] gates = DenseCases.Sums(
                WindowCases.Doubles(input[(row * n.Depth)..((row + 1) * n.Depth)]), WindowCases.Doubles(weights),
                WindowCases.Doubles(bias), 1);
            gates = DenseCases.Sums(
                h[(batch * n.Units)..((batch + 1) * n.Units)], WindowCases.Doubles(recurrent), gates, 1);
            for (int i = 0; i < n.Units; i++)
            {
                ref double cell = ref c[(batch * n.Units) + i];
                cell = (Sigmoid(gates[n.Units + i]) * cell) + (Sigmoid(gates[i]) * Math.Tanh(gates[(2 * n.Units) + i]));
                cell = Math.Clamp(cell, -clip, clip);
                h[(batch * n.Units) + i] = expected[(row * n.Units) + i] = Math.Tanh(cell)
                    * Sigmoid(gates[(3 * n.Units) + i]);
            }
        });
        UnidirectionalSequenceLstm.Float32(
            s.Copy(input), n.IsTimeMajor, s.Copy(weights), s.Copy(recurrent), s.Copy(bias), (float)clip,
            s.Room<float>(n.Gates), hidden, cells, output);
        Near(expected, output, 1e-5);
        Near(c, cells, 1e-5);
    }

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static void Near(double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * (1 + Math.Abs(expected[i])));
        }
    }
}

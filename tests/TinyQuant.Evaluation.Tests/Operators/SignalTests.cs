using System.Numerics;
using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>Signal operators that keep nothing from run to run, against plain references.</summary>
[SmallestModel("SignalWindow x S[3,7] w S[7]c -> y S[3,7] shift=1")]
[SmallestModel("SignalFftAutoScale x S[7] -> y S[7] b I[1]")]
[SmallestModel("SignalEnergy x S[14] -> y U[7] start_index=2 end_index=5")]
[SmallestModel("SignalFilterBank x U[7] w S[9]c u S[9]c p S[4]c q S[4]c r S[4]c -> y V[3]")]
[SmallestModel("SignalFilterBankSquareRoot x V[7] b I[1] -> y U[7]")]
[SmallestModel("SignalPcan x U[7] e U[7] t S[125]c -> y U[7] snr_shift=6")]
[SmallestModel("SignalFilterBankLog x U[7] -> y S[7] output_scale=1600 input_correction_bits=3")]
[SmallestModel("SignalRfft x S[3,7] -> y S[3,14]")]
[SmallestModel("SignalRfft x I[5] -> y I[8]")]
[SmallestModel("SignalIrfft x F[3,14] -> y F[3,12]")]
public sealed class SignalTests
{
    private const int GainTable = 125;

    /// <summary>Powers of 4 and of 2, and those with 3 and 5 in every order of the stages that there is.</summary>
    private static readonly int[] s_lengths = [4, 6, 8, 10, 12, 16, 18, 20, 24, 30, 32, 50, 60, 64, 90, 120, 128, 512];

    [Fact]
    public void Samples()
    {
        var sheet = new OperatorSheet(seed: 1);
        foreach ((int[] shape, int shift) in new[] { (new[] { 5 }, 0), ([3, 16], 12), ([2, 2, 37], 15), ([100], 31) })
        {
            Tensor x = sheet.Input(TensorType.Int16, null, shape), hidden = sheet.Hidden(TensorType.Int16, null, shape);
            sheet.Add(
                new SignalWindow(x, sheet.Constant(TensorType.Int16, null, shape[^1]), hidden, shift),
                v => PlainSignal.Window(v[0], v[1], shift));
            sheet.Add(
                new SignalFftAutoScale(
                    hidden, sheet.Output(TensorType.Int16, null, shape), sheet.Output(TensorType.Int32, null)),
                v => PlainSignal.AutoScale(v[0]));
            // Weights that are computed, and written over.
            Tensor row = Window(sheet.Input(TensorType.Int16, null, shape[^1]), Constant(), isOutput: false);
            Tensor weights = Window(sheet.Input(TensorType.Int16, null, shape[^1]), Constant(), isOutput: false);
            Window(Window(row, weights, isOutput: false), Constant(), isOutput: true);

            Tensor Constant() => sheet.Constant(TensorType.Int16, null, shape[^1]);

            Tensor Window(Tensor x, Tensor by, bool isOutput)
            {
                Tensor y = isOutput
                    ? sheet.Output(TensorType.Int16, null, shape[^1])
                    : sheet.Hidden(TensorType.Int16, null, shape[^1]);
                sheet.Add(new SignalWindow(x, by, y, shift), v => PlainSignal.Window(v[0], v[1], shift));
                return y;
            }
        }

        sheet.Check(Rounding.Double);
    }

    [Fact]
    public void Bands()
    {
        var sheet = new OperatorSheet(seed: 2);
        foreach ((int count, int start, int end) in new[] { (8, 0, 8), (33, 5, 30), (40, 7, 7) })
        {
            Tensor energy = sheet.Output(TensorType.UInt32, null, count);
            sheet.Add(
                new SignalEnergy(sheet.Input(TensorType.Int16, null, 2 * count), energy, start, end),
                v => PlainSignal.Energy(v[0], start, end));

            const int channels = 5;
            Tensor sums = sheet.Hidden(TensorType.UInt64, null, channels);
            short[] widths = [.. Enumerable.Range(0, channels + 1).Select(_ => (short)sheet.Random.Next(8))];
            sheet.Add(
                new SignalFilterBank(
                    [
                        energy, Weights(sheet, 12), Weights(sheet, 12),
                        sheet.Constant([.. widths.Select(w => (short)sheet.Random.Next(count - w + 1))]),
                        sheet.Constant([.. widths.Select(w => (short)sheet.Random.Next(12 - w + 1))]),
                        sheet.Constant(widths),
                    ],
                    sums),
                PlainSignal.FilterBank);
            Tensor roots = sheet.Hidden(TensorType.UInt32, null, channels);
            sheet.Add(
                new SignalFilterBankSquareRoot(sums, sheet.Input(TensorType.Int32, null, 1), roots),
                v => PlainSignal.Root(v[0], (int)v[1][0] & 31));

            Tensor gained = sheet.Hidden(TensorType.UInt32, null, channels);
            int shift = sheet.Random.Next(16);
            sheet.Add(
                new SignalPcan(
                    roots, sheet.Input(TensorType.UInt32, null, channels),
                    sheet.Constant(TensorType.Int16, null, GainTable), gained, shift),
                v => PlainSignal.Pcan(v[0], v[1], v[2], shift));
            (int scale, int bits) = (sheet.Random.Next(3_000), sheet.Random.Next(8));
            sheet.Add(
                new SignalFilterBankLog(gained, sheet.Output(TensorType.Int16, null, channels), scale, bits),
                v => PlainSignal.Log(v[0], scale, bits));
            sheet.Add(
                new SignalFilterBankLog(
                    sheet.Input(TensorType.UInt32, null, 50), sheet.Output(TensorType.Int16, null, 50), scale, bits),
                v => PlainSignal.Log(v[0], scale, bits));
        }

        sheet.Check(Rounding.Double);
    }

    [Theory]
    [InlineData(TensorType.Int16, 16)]
    [InlineData(TensorType.Int32, 32)]
    public void Transforms(TensorType type, int bits)
    {
        var sheet = new OperatorSheet(seed: 3);
        PlainFft forward = new(bits, isInverse: false), backward = new(bits, isInverse: true);
        foreach (int length in s_lengths)
        {
            int rows = sheet.Random.Next(1, 3), count = sheet.Random.Next(1, length + 1);
            sheet.Add(
                new SignalRfft(
                    sheet.Input(type, null, rows, count), sheet.Output(type, null, rows, length + 2)),
                v => [.. v[0].Chunk(count).SelectMany(row => forward.Forward(row, length))]);
            sheet.Add(
                new SignalIrfft(sheet.Input(type, null, rows, length + 2), sheet.Output(type, null, rows, length)),
                v => [.. v[0].Chunk(length + 2).SelectMany(backward.Backward)]);
        }

        sheet.Check(Rounding.Double);
    }

    /// <summary>A spectrum against sums of products in double, and back again.</summary>
    [Fact]
    public void Transforms_of_reals()
    {
        foreach (int length in s_lengths)
        {
            Tensor x = new("x", TensorType.Float32, [length]), y = new("y", TensorType.Float32, [length + 2]);
            Tensor z = new("z", TensorType.Float32, [length]);
            using CompiledModel model = CompiledModel.Compile(new Graph
            {
                Name = "fft",
                Tensors = [x, y, z],
                Inputs = [x],
                Outputs = [y, z],
                Operators = [new SignalRfft(x, y), new SignalIrfft(y, z)],
            });
            var random = new Random(length);
            float[] input = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
            byte[][] outputs = [new byte[y.ByteLength], new byte[z.ByteLength]];
            model.Run([MemoryMarshal.AsBytes(input.AsSpan()).ToArray()], outputs);
            double[] spectrum = TensorValues.Decode(TensorType.Float32, outputs[0]);
            double[] back = TensorValues.Decode(TensorType.Float32, outputs[1]);
            for (int k = 0; k <= length / 2; k++)
            {
                Complex sum = input.Select((v, i) => v * Complex.Exp(new Complex(0, -2 * Math.PI * k * i / length)))
                    .Aggregate(Complex.Add);
                Assert.Equal(sum.Real, spectrum[2 * k], 1e-5 * length);
                Assert.Equal(sum.Imaginary, spectrum[(2 * k) + 1], 1e-5 * length);
            }

            Assert.All(back.Zip(input), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        }
    }

    private static Tensor Weights(OperatorSheet sheet, int count) =>
        sheet.Constant([.. Enumerable.Range(0, count).Select(_ => (short)sheet.Random.Next(32_768))]);
}

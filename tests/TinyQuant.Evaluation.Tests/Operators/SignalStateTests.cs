using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>
/// Signal operators that remember, over several runs and two resets, against lists of all that came. The kernels have
/// cases of their own.
/// </summary>
[SmallestModel("SignalDelay x S[3,7] s S[3,2]v -> y S[3,7]")]
[SmallestModel("SignalFramer x S[3,14] s S[3,5]v c I[1]v -> y S[3,7,5] v L[1]")]
[SmallestModel("SignalOverlapAdd x S[3,7,5] s S[3,5]v -> y S[3,14]")]
[SmallestModel("SignalOverlapAdd x F[7,5] s F[5]v -> y F[14]")]
[SmallestModel("SignalStacker x S[7] s S[35]v c I[1]v -> y S[35] v L[1] left_context=2 step=3")]
[SmallestModel("SignalFilterBankSpectralSubtraction x U[7] s U[7]v -> y U[7] e U[7] smoothing=655 "
    + "one_minus_smoothing=15729 alternate_smoothing=327 alternate_one_minus_smoothing=16057 "
    + "min_signal_remaining=819 smoothing_bits=10 spectral_subtraction_bits=14")]
public sealed class SignalStateTests
{
    private const int Runs = 8;

    [Theory]
    [InlineData(3, 7)]
    [InlineData(7, 3)]
    [InlineData(5, 5)]
    public void Delays(int length, int delay)
    {
        Tensor x = Of("x", TensorType.Int16, length), y = Of("y", TensorType.Int16, length);
        Check(new SignalDelay(x, State("s", TensorType.Int16, null, delay), y), () =>
        {
            List<short> all = [.. new short[delay]];
            return input =>
            {
                all.AddRange(Shorts(input));
                return [Bytes<short>([.. all.Skip(all.Count - delay - length).Take(length)])];
            };
        });
    }

    [Theory]
    [InlineData(5, 2, 3, 0)]
    [InlineData(5, 2, 3, 3)]
    [InlineData(4, 4, 1, 0)]
    [InlineData(9, 1, 2, 0)]
    public void Frames(int size, int step, int frames, int first)
    {
        Tensor x = Of("x", TensorType.Int16, frames * step), y = Of("y", TensorType.Int16, frames, size);
        Tensor count = State("c", TensorType.Int32, BitConverter.GetBytes(first), 1);
        Check(new SignalFramer(
            x, State("s", TensorType.Int16, null, size), count, y, Of("v", TensorType.Bool)), () =>
        {
            List<short> queue = [.. new short[first]];
            return input =>
            {
                List<short> output = [];
                bool isValid = true;
                foreach (short[] samples in Shorts(input).Chunk(step))
                {
                    queue.AddRange(samples);
                    bool isFull = queue.Count >= size;
                    output.AddRange(isFull ? queue.Take(size) : new short[size]);
                    queue.RemoveRange(0, isFull ? step : 0);
                    isValid &= isFull;
                }

                return [Bytes<short>([.. output]), [isValid ? (byte)1 : (byte)0]];
            };
        });
    }

    [Theory]
    [InlineData(5, 2, 3)]
    [InlineData(4, 4, 1)]
    public void Overlaps(int size, int step, int frames)
    {
        Tensor x = Of("x", TensorType.Int16, frames, size), y = Of("y", TensorType.Int16, frames * step);
        Check(new SignalOverlapAdd(x, State("s", TensorType.Int16, null, size), y), () =>
        {
            short[] sums = new short[size];
            return input =>
            {
                List<short> output = [];
                foreach (short[] frame in Shorts(input).Chunk(size))
                {
                    sums = [.. sums.Zip(frame, (a, b) => short.CreateSaturating(a + b))];
                    output.AddRange(sums.Take(step));
                    sums = [.. sums.Skip(step), .. new short[step]];
                }

                return [Bytes<short>([.. output])];
            };
        });
    }

    [Theory]
    [InlineData(3, 1, 2, -1)]
    [InlineData(4, 3, 1, -1)]
    [InlineData(2, 0, 2, 0)]
    public void Stacks(int frames, int left, int step, int first)
    {
        const int channels = 3;
        Tensor x = Of("x", TensorType.Int16, channels), y = Of("y", TensorType.Int16, frames * channels);
        Tensor state = State("s", TensorType.Int16, null, frames * channels);
        Tensor count = State("c", TensorType.Int32, BitConverter.GetBytes(first), 1);
        Check(new SignalStacker([x, state, count], [y, Of("v", TensorType.Bool)], left, step), () =>
        {
            List<short[]> queue = [];
            bool isFirst = first < 0;
            return input =>
            {
                queue.AddRange(Enumerable.Repeat(Shorts(input), isFirst ? left + 1 : 1));
                isFirst = false;
                bool isFull = queue.Count == frames;
                short[] output = isFull ? [.. queue.SelectMany(f => f)] : new short[frames * channels];
                queue.RemoveRange(0, isFull ? step : 0);
                return [Bytes(output), [isFull ? (byte)1 : (byte)0]];
            };
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Subtractions(bool clamping)
    {
        const int channels = 6;
        Tensor x = Of("x", TensorType.UInt32, channels), y = Of("y", TensorType.UInt32, channels);
        var subtraction = new SpectralSubtraction(new(655, 15_729), new(3_000, 13_000), 819, 0, 14, clamping);
        Tensor state = State("s", TensorType.UInt32, null, channels), estimate = Of("e", TensorType.UInt32, channels);
        Check(new SignalFilterBankSpectralSubtraction(x, state, y, estimate, subtraction), () =>
        {
            uint[] noise = new uint[channels];
            return input =>
            {
                uint[] signal = MemoryMarshal.Cast<byte, uint>(input).ToArray();
                uint[] output = new uint[channels];
                for (int c = 0; c < channels; c++)
                {
                    (ulong fresh, ulong old) = c % 2 == 0 ? (655ul, 15_729ul) : (3_000, 13_000);
                    uint next = (uint)(((signal[c] * fresh) + (noise[c] * old)) >> 14);
                    output[c] = Math.Max(next > signal[c] ? 0 : signal[c] - next, (uint)((signal[c] * 819ul) >> 14));
                    noise[c] = clamping ? Math.Min(next, signal[c]) : next;
                }

                return [Bytes(output), Bytes(noise)];
            };
        });
    }

    /// <summary>Runs, resets and runs again; a reference begins anew with each reset.</summary>
    private static void Check(Operator op, Func<Func<byte[], byte[][]>> reference)
    {
        using CompiledModel model = CompiledModel.Compile(ModelReader.Read(ModelWriter.Write(new Graph
        {
            Name = "state",
            Tensors = [.. op.Inputs, .. op.Outputs],
            Inputs = [op.Inputs[0]],
            Outputs = op.Outputs,
            Operators = [op],
        })).Graph!);
        var random = new Random(1);
        for (int reset = 0; reset < 2; reset++)
        {
            Func<byte[], byte[][]> expected = reference();
            for (int run = 0; run < Runs; run++)
            {
                byte[] input = new byte[op.Inputs[0].ByteLength];
                random.NextBytes(input);
                byte[][] outputs = [.. op.Outputs.Select(t => Enumerable.Repeat((byte)0x55, t.ByteLength).ToArray())];
                model.Run([input], outputs);
                Assert.Equal(expected(input), outputs);
            }

            model.Reset();
        }
    }

    private static short[] Shorts(byte[] bytes) => MemoryMarshal.Cast<byte, short>(bytes).ToArray();

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static Tensor Of(string name, TensorType type, params int[] shape) => new(name, type, [.. shape]);

    private static Tensor State(string name, TensorType type, byte[]? data, params int[] shape) => new(
        name, type, [.. shape], data: data?.ToImmutableArray(), isVariable: true);
}

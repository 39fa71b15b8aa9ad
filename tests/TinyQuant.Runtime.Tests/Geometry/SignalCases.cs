using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Signal kernels over samples: windows, and queues of samples over several runs.</summary>
internal static class SignalCases
{
    private const int Runs = 7;

    [KernelCase("SignalWindow.Run")]
    public static void Windows(GuardedSpans s)
    {
        (int length, int frames, int shift) = (s.Length(), s.Int(1, 3), s.Of(0, 12, 15, s.Int(0, 31)));
        short[] input = Samples(s, length * frames), weights = Samples(s, length);
        Span<short> samples = s.Copy(input), output = s.Once(2) ? samples : s.Room<short>(input.Length);
        SignalWindow.Run(samples, s.Copy(weights), shift, output);
        Assert.Equal(
            [.. input.Select((x, i) => (short)Math.Clamp(
                Math.Floor(x * (double)weights[i % length] / (1L << shift)), short.MinValue, short.MaxValue))],
            output.ToArray());
    }

    [KernelCase("SignalFftAutoScale.Run")]
    public static void AutoScales(GuardedSpans s)
    {
        int greatest = s.Of(0, 1, 2, 300, 16_383, 16_384, short.MaxValue);
        short[] input = s.Values(s.Length(), () => (short)s.Int(-greatest, greatest));
        if (s.Once(2))
        {
            input[s.Int(0, input.Length - 1)] = short.MinValue;
        }

        // The reference keeps magnitudes in int16: that of −32768 is itself, and whatever follows it is greater.
        int most = input.Aggregate(0, (most, x) => x > most ? x : -x > most ? (short)-x : most);
        int bits = 0;
        while (most << (bits + 1) is > 0 and <= short.MaxValue)
        {
            bits++;
        }

        Span<short> samples = s.Copy(input), output = s.Once(2) ? samples : s.Room<short>(input.Length);
        Span<int> shift = s.Room<int>(1);
        SignalFftAutoScale.Run(samples, output, shift);
        Assert.Equal(bits, shift[0]);
        Assert.Equal([.. input.Select(x => (short)(x << bits))], output.ToArray());
    }

    [KernelCase("SignalDelay.Run")]
    public static void Delays(GuardedSpans s)
    {
        (int rows, int length, int delay) = (s.Int(1, 3), s.Length(40), s.Length(40));
        List<short>[] all = [.. Enumerable.Range(0, rows).Select(_ => new List<short>(new short[delay]))];
        Span<short> state = s.Copy(new short[rows * delay]), output = s.Room<short>(rows * length);
        for (int run = 0; run < Runs; run++)
        {
            short[] input = Samples(s, rows * length);
            SignalDelay.Run(s.Copy(input), rows, state, output);
            for (int row = 0; row < rows; row++)
            {
                all[row].AddRange(input.AsSpan(row * length, length));
                Assert.Equal(
                    all[row].GetRange(run * length, length), output.Slice(row * length, length).ToArray());
            }
        }
    }

    [KernelCase("SignalFramer.Run")]
    public static void Frames(GuardedSpans s)
    {
        (int rows, int frames, int size) = (s.Int(1, 3), s.Int(1, 4), s.Length(30));
        int step = s.Int(1, size), first = s.Once(2) ? size - step : 0;
        List<short>[] all = [.. Enumerable.Range(0, rows).Select(_ => new List<short>(new short[first]))];
        Span<short> state = s.Copy(new short[rows * size]), output = s.Room<short>(rows * frames * size);
        Span<int> count = s.Copy(new int[] { first });
        Span<bool> valid = s.Room<bool>(1);
        for (int run = 0; run < Runs; run++)
        {
            short[] input = Samples(s, rows * frames * step);
            SignalFramer.Run(s.Copy(input), rows, frames, state, count, output, valid);
            bool isValid = true;
            for (int i = 0; i < rows * frames; i++)
            {
                List<short> queue = all[i / frames];
                queue.AddRange(input.AsSpan(i * step, step));
                bool isFull = queue.Count >= size;
                isValid &= isFull;
                Assert.Equal(
                    isFull ? queue.GetRange(0, size) : [.. new short[size]], output.Slice(i * size, size).ToArray());
                queue.RemoveRange(0, isFull ? step : 0);
            }

            Assert.Equal(isValid, valid[0]);
        }
    }

    [KernelCase("SignalOverlapAdd.Int16", "SignalOverlapAdd.Float32")]
    public static void Overlaps(GuardedSpans s)
    {
        (int rows, int frames, int size) = (s.Int(1, 3), s.Int(1, 4), s.Length(30));
        int step = s.Int(1, size);
        short[][] sums = [.. Enumerable.Range(0, rows).Select(_ => new short[size])];
        float[][] realSums = [.. sums.Select(x => new float[x.Length])];
        Span<short> state = s.Copy(new short[rows * size]), output = s.Room<short>(rows * frames * step);
        Span<float> reals = s.Copy(new float[rows * size]), realOutput = s.Room<float>(rows * frames * step);
        for (int run = 0; run < Runs; run++)
        {
            short[] input = Samples(s, rows * frames * size);
            float[] realInput = s.Eighths(input.Length);
            SignalOverlapAdd.Int16(s.Copy(input), rows, frames, state, output);
            SignalOverlapAdd.Float32(s.Copy(realInput), rows, frames, reals, realOutput);
            for (int i = 0; i < rows * frames; i++)
            {
                (short[] sum, float[] realSum) = (sums[i / frames], realSums[i / frames]);
                for (int j = 0; j < size; j++)
                {
                    sum[j] = short.CreateSaturating(sum[j] + input[(i * size) + j]);
                    realSum[j] += realInput[(i * size) + j];
                }

                Assert.Equal(sum[..step], output.Slice(i * step, step).ToArray());
                Assert.Equal(realSum[..step], realOutput.Slice(i * step, step).ToArray());
                sums[i / frames] = [.. sum[step..], .. new short[step]];
                realSums[i / frames] = [.. realSum[step..], .. new float[step]];
            }
        }
    }

    [KernelCase("SignalStacker.Run")]
    public static void Stacks(GuardedSpans s)
    {
        (int length, int frames) = (s.Length(20), s.Int(1, 6));
        (int left, int step) = (s.Int(0, frames - 1), s.Int(1, frames));
        bool isFilled = s.Once(2);
        List<short> queue = [];
        Span<short> state = s.Room<short>(frames * length), output = s.Room<short>(state.Length);
        Span<int> count = s.Copy(new int[] { isFilled ? -1 : 0 });
        Span<bool> valid = s.Room<bool>(1);
        for (int run = 0; run < 3 * Runs; run++)
        {
            short[] input = Samples(s, length);
            queue.AddRange(Enumerable.Repeat(input, run == 0 && isFilled ? left + 1 : 1).SelectMany(x => x));
            bool isFull = queue.Count == output.Length;
            SignalStacker.Run(s.Copy(input), left, step, state, count, output, valid);
            Assert.Equal(isFull, valid[0]);
            Assert.Equal(isFull ? [.. queue] : new short[output.Length], output.ToArray());
            queue.RemoveRange(0, isFull ? step * length : 0);
        }
    }

    /// <summary>int16, the ends of the range often.</summary>
    internal static short[] Samples(GuardedSpans s, int count) =>
        s.Values(count, () => s.Once(8) ? s.Of(short.MinValue, short.MaxValue) : (short)s.Int(-32_768, 32_767));
}

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>
/// One input, packed weights and folded biases, in guarded memory, with the sums that plain loops give.
/// </summary>
internal sealed class DenseCase : IDisposable
{
    public DenseCase(int depth, int outputs, bool full, bool extreme, int seed, int rows = 1)
    {
        Random random = new(seed);
        int least = full ? -128 : -127;
        var input = new sbyte[rows * depth];
        var weights = new sbyte[outputs * depth];
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = (sbyte)(extreme ? random.Next(4) == 0 ? 127 : -128 : random.Next(-128, 128));
        }

        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (sbyte)(extreme ? random.Next(4) == 0 ? 127 : least : random.Next(least, 128));
        }

        Bias = new(outputs);
        UnsignedBias = new(outputs);
        Sums = new(rows * outputs);
        Expected = new int[rows * outputs];
        for (int o = 0; o < outputs; o++)
        {
            int sum = 0;
            for (int i = 0; i < depth; i++)
            {
                sum += weights[(o * depth) + i];
            }

            Bias.Span[o] = random.Next(-1_000_000, 1_000_000);
            UnsignedBias.Span[o] = Bias.Span[o] - (128 * sum);
            for (int row = 0; row < rows; row++)
            {
                int expected = Bias.Span[o];
                for (int i = 0; i < depth; i++)
                {
                    expected += weights[(o * depth) + i] * input[(row * depth) + i];
                }

                Expected[(row * outputs) + o] = expected;
            }
        }

        Input = new(input);
        Pixels = new(input.Select(x => (byte)(x ^ 0x80)).ToArray());
        Weights = new(PackedWeights.Pack(weights, outputs, depth));
    }

    public GuardedBuffer<sbyte> Input { get; }

    public GuardedBuffer<byte> Pixels { get; }

    public GuardedBuffer<sbyte> Weights { get; }

    public GuardedBuffer<int> Bias { get; }

    public GuardedBuffer<int> UnsignedBias { get; }

    public GuardedBuffer<int> Sums { get; }

    public int[] Expected { get; }

    public void Dispose()
    {
        Input.Dispose();
        Pixels.Dispose();
        Weights.Dispose();
        Bias.Dispose();
        UnsignedBias.Dispose();
        Sums.Dispose();
    }
}

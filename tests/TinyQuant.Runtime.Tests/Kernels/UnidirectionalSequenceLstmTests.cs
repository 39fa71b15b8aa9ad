using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

public class UnidirectionalSequenceLstmTests
{
    private const int Unclipped = 1 << 15;

    // Multipliers of 1/2; cells in steps of 1/2048.
    private static readonly int[] s_multipliers = [.. Enumerable.Repeat(1 << 30, 11)];
    private static readonly int[] s_shifts = [0, 0, 0, 0, 0, 0, 0, 0, -14, -18, -22];

    [Fact]
    public void A_unit_keeps_adds_and_shows()
    {
        // One input without weights: gates come from their biases alone, halved. Input, forget and output gates are all
        // but open, the cell gate all but 1: each step adds nearly 1, which is 2048.
        int[] bias = [60000, 60000, 60000, 60000];
        short[] cells = [0];
        sbyte[] hidden = [0], output = new sbyte[3];
        Run(bias, cells, hidden, output, Unclipped);

        Assert.InRange(cells[0], (3 * 2048) - 16, 3 * 2048);
        Assert.Equal(new[] { Shown(1), Shown(2), Shown(3) }, output);
        Assert.Equal(output[2], hidden[0]);
    }

    [Fact]
    public void A_clip_bounds_the_cell_on_both_sides()
    {
        short[] cells = [0];
        Run([60000, 60000, 60000, 60000], cells, [0], new sbyte[3], 3000);
        Assert.Equal(3000, cells[0]);
        Run([60000, 60000, -60000, 60000], cells, [0], new sbyte[6], 3000);
        Assert.Equal(-3000, cells[0]);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        sbyte[] input = new sbyte[8], inputWeights = new sbyte[FullyConnected.PackedLength(80, 4)];
        sbyte[] recurrentWeights = new sbyte[FullyConnected.PackedLength(80, 20)], hidden = new sbyte[20],
            output = new sbyte[40];
        int[] bias = new int[80];
        short[] gates = new short[80], cells = new short[20];
        void Run() => UnidirectionalSequenceLstm.Int8<FullWeights, DoubleRounding>(
            input, false, inputWeights, bias, recurrentWeights, bias, new(s_multipliers, s_shifts, -11, Unclipped, 0),
            gates, hidden, cells, output);

        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Lengths_and_constants_that_do_not_fit_are_errors()
    {
        // Two batches of three steps, five inputs, two units.
        static void Int8(
            int input = 30, int inputWeights = 64, int bias = 8, int recurrentWeights = 32, int recurrentBias = 8,
            int gates = 8,
            int hidden = 4, int cells = 4, int output = 12, int multipliers = 11, int shifts = 11, int power = -11,
            int clip = Unclipped) =>
            UnidirectionalSequenceLstm.Int8<NarrowWeights, SingleRounding>(
                new sbyte[input], true, new sbyte[inputWeights], new int[bias], new sbyte[recurrentWeights],
                new int[recurrentBias],
                new(new int[multipliers], new int[shifts], power, clip, 0), new short[gates], new sbyte[hidden],
                new short[cells], new sbyte[output]);

        static void Float32(
            int input = 30, int inputWeights = 40, int recurrentWeights = 16, int bias = 8, int gates = 8,
            int hidden = 4, int cells = 4, int output = 12) =>
            UnidirectionalSequenceLstm.Float32(
                new float[input], false, new float[inputWeights], new float[recurrentWeights], new float[bias], 1,
                new float[gates], new float[hidden], new float[cells], new float[output]);

        Int8();
        Int8(gates: 9);
        Float32();
        foreach (Action wrong in (Action[])
            [
                () => Int8(input: 29), () => Int8(inputWeights: 63), () => Int8(bias: 7), () => Int8(bias: 0),
                () => Int8(recurrentWeights: 33),
                () => Int8(recurrentBias: 9), () => Int8(gates: 7), () => Int8(hidden: 5), () => Int8(cells: 3),
                () => Int8(cells: 0),
                () => Int8(output: 13), () => Int8(output: 0), () => Int8(multipliers: 10), () => Int8(shifts: 12),
                () => Int8(power: 1),
                () => Int8(power: -31), () => Int8(clip: -1), () => Int8(clip: Unclipped + 1),
                () => Float32(input: 31), () => Float32(inputWeights: 41), () => Float32(recurrentWeights: 15),
                () => Float32(bias: 9),
                () => Float32(gates: 7), () => Float32(hidden: 3), () => Float32(cells: 6), () => Float32(output: 11),
            ])
        {
            Assert.Throws<ArgumentException>(wrong);
        }
    }

    /// <summary>
    /// The output for a cell state of that many ones, in 128ths: the multiplier of the output is 2^-23.
    /// </summary>
    private static sbyte Shown(int ones) => (sbyte)Math.Round(Math.Tanh(ones) * 127.9);

    private static void Run(int[] bias, short[] cells, sbyte[] hidden, sbyte[] output, int clip) =>
        UnidirectionalSequenceLstm.Int8<NarrowWeights, DoubleRounding>(
            new sbyte[output.Length], false, new sbyte[FullyConnected.PackedLength(4, 1)], bias,
            new sbyte[FullyConnected.PackedLength(4, 1)],
            new int[4], new(s_multipliers, s_shifts, -11, clip, 0), new short[4], hidden, cells, output);
}

using TinyQuant.Kernels.Elements;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// An int8 LSTM in plain loops, after <c>tensorflow/lite/micro/kernels/lstm_eval.h</c>; its tables have tests of their
/// own.
/// </summary>
internal sealed class PlainLstm(
    LstmSizes n, sbyte[] weights, int[] bias, sbyte[] recurrent, int[] recurrentBias, int[] multipliers, int[] shifts,
    int power, int clip, int zeroPoint)
{
    public short[] Cells { get; private set; } = [];

    public sbyte[] Hidden { get; private set; } = [];

    public sbyte[] Run(sbyte[] input, sbyte[] hidden, short[] cells)
    {
        (Hidden, Cells) = (hidden, cells);
        var output = new sbyte[n.Batches * n.Steps * n.Units];
        n.ForEachStep((batch, row) =>
        {
            double[] x = WindowCases.Less(input.AsSpan(row * n.Depth, n.Depth), 0),
                h = WindowCases.Less(hidden.AsSpan(batch * n.Units, n.Units), 0);
            double[] ofInput = DenseCases.Sums(x, WindowCases.Less(weights, 0), WindowCases.Doubles(bias), 1);
            double[] ofHidden = DenseCases.Sums(
                h, WindowCases.Less(recurrent, 0), WindowCases.Doubles(recurrentBias), 1);
            short Gate(int gate, int i)
            {
                int at = (gate * n.Units) + i;
                return Saturate(Scale(gate, (int)ofInput[at]) + Scale(4 + gate, (int)ofHidden[at]));
            }

            for (int i = 0; i < n.Units; i++)
            {
                short inputGate = SigmoidTable.Sigmoid(Gate(0, i)), forgetGate = SigmoidTable.Sigmoid(Gate(1, i));
                short cellGate = SigmoidTable.Tanh(Gate(2, i), -12), outputGate = SigmoidTable.Sigmoid(Gate(3, i));
                ref short cell = ref cells[(batch * n.Units) + i];
                cell = Saturate(Scale(8, forgetGate * cell) + Scale(9, inputGate * cellGate));
                cell = (short)Math.Clamp(cell, -clip, clip);
                int shown = FixedPointCase.Scale(
                    false, SigmoidTable.Tanh(cell, power) * outputGate, multipliers[10], shifts[10]) + zeroPoint;
                hidden[(batch * n.Units) + i] = output[(row * n.Units) + i] = (sbyte)Math.Clamp(shown, -128, 127);
            }
        });
        return output;
    }

    private short Scale(int index, int value) =>
        Saturate(FixedPointCase.Scale(false, value, multipliers[index], shifts[index]));

    private static short Saturate(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
}

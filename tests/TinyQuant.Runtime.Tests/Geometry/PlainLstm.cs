using TinyQuant.Kernels.Elements;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// An LSTM of int8 or int16 in plain loops, after <c>tensorflow/lite/micro/kernels/lstm_eval.h</c>; its tables have
/// tests of their own.
/// </summary>
internal sealed class PlainLstm(
    LstmSizes n, sbyte[] weights, double[] bias, sbyte[] recurrent, double[] recurrentBias, int[] multipliers,
    int[] shifts, int power, int clip, int zeroPoint, bool isInt16 = false)
{
    public short[] Cells { get; private set; } = [];

    public double[] Hidden { get; private set; } = [];

    public double[] Run(double[] input, double[] hidden, short[] cells)
    {
        (int least, int most) = isInt16 ? (-32768, 32767) : (-128, 127);
        (Hidden, Cells) = (hidden, cells);
        var output = new double[n.Batches * n.Steps * n.Units];
        n.ForEachStep((batch, row) =>
        {
            double[] x = input.AsSpan(row * n.Depth, n.Depth).ToArray(),
                h = hidden.AsSpan(batch * n.Units, n.Units).ToArray();
            double[] ofInput = DenseCases.Sums(x, WindowCases.Less(weights, 0), bias, 1);
            double[] ofHidden = DenseCases.Sums(h, WindowCases.Less(recurrent, 0), recurrentBias, 1);
            short Gate(int gate, int i)
            {
                int at = (gate * n.Units) + i;
                return Saturate(ScaleSum(gate, ofInput[at]) + ScaleSum(4 + gate, ofHidden[at]));
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
                hidden[(batch * n.Units) + i] = output[(row * n.Units) + i] =
                    Math.Clamp(shown, least, most);
            }
        });
        return output;
    }

    private short ScaleSum(int index, double sum) => isInt16
        ? Saturate(Gemmlowp.MultiplyByQuantizedMultiplier((long)sum, multipliers[index], shifts[index]))
        : Scale(index, (int)sum);

    private short Scale(int index, int value) =>
        Saturate(FixedPointCase.Scale(false, value, multipliers[index], shifts[index]));

    private static short Saturate(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
}

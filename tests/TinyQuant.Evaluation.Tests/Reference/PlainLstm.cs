using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>A long short-term memory as it is described, one gate of one unit after another.</summary>
internal sealed class PlainLstm(UnidirectionalSequenceLstm op, Rounding rounding)
{
    private const int InputGate = 0, ForgetGate = 1, CellGate = 2, OutputGate = 3;

    private readonly bool _isFloat = op.Input.Type == TensorType.Float32;
    private readonly int _units = op.Output.Shape[2];
    private double[] _hidden = Fresh(op);
    private double[] _cells = new double[op.CellState.ElementCount];

    /// <summary>One run over the bytes of the input; the state is kept.</summary>
    public double[] Run(byte[] input)
    {
        double[] x = PlainValues.Of(op.Input, input);
        int depth = op.Input.Shape[2];
        var output = new double[op.Output.ElementCount];
        (int batches, int steps) = op.IsTimeMajor
            ? (op.Input.Shape[1], op.Input.Shape[0])
            : (op.Input.Shape[0], op.Input.Shape[1]);
        for (int step = 0; step < steps; step++)
        {
            double[] hidden = [.. _hidden];
            for (int batch = 0; batch < batches; batch++)
            {
                int row = op.IsTimeMajor ? (step * batches) + batch : (batch * steps) + step;
                for (int unit = 0; unit < _units; unit++)
                {
                    int at = (batch * _units) + unit;
                    double[] gates = [.. Enumerable.Range(0, 4).Select(g =>
                        Activated(g,
                            Sum(g, unit, x[(row * depth)..((row + 1) * depth)],
                                hidden[(batch * _units)..((batch + 1) * _units)])))];
                    _cells[at] = Cell(gates, _cells[at]);
                    _hidden[at] = Hidden(gates[OutputGate], _cells[at]);
                    output[(row * _units) + unit] = _hidden[at] + (op.Output.Quantization?.ZeroPoint ?? 0);
                }
            }
        }

        return output;
    }

    /// <summary>As before the first run.</summary>
    public void Reset() => (_hidden, _cells) = (Fresh(op), new double[_cells.Length]);

    /// <summary>Real 0, but code 0 in int16: ResetVariableTensors of TFLM's micro_graph.cc knows int8 alone.</summary>
    private static double[] Fresh(UnidirectionalSequenceLstm op) => [
        .. Enumerable.Repeat(
            op.OutputState is { Type: TensorType.Int16, Quantization: { } q } ? (double)-q.ZeroPoint : 0,
            op.OutputState.ElementCount)];

    private double Sum(int gate, int unit, double[] x, double[] hidden)
    {
        double fromInput = PlainValues.Codes(op.Biases[gate])[unit] + Dot(op.InputWeights[gate], unit, x);
        double fromHidden = Dot(op.RecurrentWeights[gate], unit, hidden);
        return _isFloat ? fromInput + fromHidden : Saturate(
            GateSum(fromInput, op.Input, op.InputWeights[gate])
                + GateSum(fromHidden, op.OutputState, op.RecurrentWeights[gate]));
    }

    private double GateSum(double sum, Tensor x, Tensor weights) =>
        x.Type == TensorType.Int16
            ? Wide((long)sum, (double)(x.Quantization!.Scale * weights.Quantization!.Scale) * 4096)
            : Scaled((int)sum, (double)(x.Quantization!.Scale * weights.Quantization!.Scale) * 4096);

    /// <summary>A sum of 64 bits.</summary>
    private static double Wide(long sum, double factor)
    {
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplier(factor);
        return Saturate(Gemmlowp.MultiplyByQuantizedMultiplier(sum, multiplier, shift));
    }

    private double Activated(int gate, double sum) => (_isFloat, gate) switch
    {
        (true, CellGate) => Math.Tanh(sum),
        (true, _) => 1 / (1 + Math.Exp(-sum)),
        (_, CellGate) => PlainSigmoid.Tanh((int)sum, -12),
        _ => PlainSigmoid.Sigmoid((int)sum),
    };

    private double Cell(double[] gates, double cell)
    {
        if (_isFloat)
        {
            double real = (gates[ForgetGate] * cell) + (gates[InputGate] * gates[CellGate]);
            return op.CellClip > 0 ? Math.Clamp(real, -op.CellClip, op.CellClip) : real;
        }

        double scale = op.CellState.Quantization!.Scale;
        double sum = Saturate(Scaled((int)(gates[ForgetGate] * cell), 1.0 / 32768)
            + Scaled((int)(gates[InputGate] * gates[CellGate]), 1.0 / 32768 / 32768 / scale));
        double clip = Math.Min(Math.Floor(op.CellClip / scale), short.MaxValue);
        return op.CellClip > 0 ? Math.Clamp(sum, -clip, clip) : sum;
    }

    /// <summary>The output's code, less the zero point.</summary>
    private double Hidden(double outputGate, double cell)
    {
        if (_isFloat)
        {
            return Math.Tanh(cell) * outputGate;
        }

        Quantization quantization = op.Output.Quantization!;
        int power = (int)Math.Round(Math.Log2(op.CellState.Quantization!.Scale));
        long product = FixedPoint.Multiply(
            (int)(PlainSigmoid.Tanh((int)cell, power) * outputGate), 1.0 / 32768 / 32768 / quantization.Scale,
            rounding);
        (int least, int most) = op.Output.Type == TensorType.Int16 ? (-32768, 32767) : (-128, 127);
        return Math.Clamp(product + quantization.ZeroPoint, least, most) - quantization.ZeroPoint;
    }

    private double Scaled(int value, double factor) => Saturate(FixedPoint.Multiply(value, factor, rounding));

    private static double Saturate(double value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    private static double Dot(Tensor weights, int row, double[] x)
    {
        double[] all = PlainValues.Codes(weights);
        return x.Select((value, i) => value * all[(row * x.Length) + i]).Sum();
    }
}

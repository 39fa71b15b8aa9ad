using TinyQuant.Training.Layers;
using TinyQuant.Training.Losses;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Layers;

/// <summary>Gradients against central differences of a loss that is computed here, plainly and in double.</summary>
public class GradientTests
{
    private const int Batch = 5;
    private const double H = 1e-5;

    private static readonly byte[] s_labels = [0, 3, 2, 3, 1];

    [Fact]
    public void Gradients_of_two_dense_layers_equal_finite_differences()
    {
        var first = new DenseLayer("first", 7, 6);
        var second = new DenseLayer("second", 6, 4);
        var network = new Network(Batch, first, second);
        var random = new Pcg32(3);
        foreach (Parameter parameter in network.Parameters)
        {
            Toy.Fill(parameter.Values, random);
        }
        Toy.Fill(network.Input(Batch), random);
        (double loss, _) = SoftmaxCrossEntropy.Compute(
            network.Forward(Batch), s_labels, network.OutputGradient(Batch));
        network.Backward(Batch);

        double[] input = ToDouble(network.Input(Batch));
        double[][] values = [.. network.Parameters.Select(p => ToDouble(p.Values))];
        Assert.Equal(Loss(input, values), loss, 1e-6);
        for (int p = 0; p < values.Length; p++)
        {
            for (int i = 0; i < values[p].Length; i++)
            {
                double expected = Difference(values[p], i, () => Loss(input, values));
                Assert.Equal(expected, network.Parameters[p].Gradients[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Gradient_of_the_input_equals_finite_differences()
    {
        var layer = new DenseLayer("dense", 3, 4);
        var random = new Pcg32(4);
        Toy.Fill(layer.Weights.Values, random);
        Toy.Fill(layer.Bias.Values, random);
        float[] input = new float[Batch * 3];
        Toy.Fill(input, random);
        float[] scores = new float[Batch * 4];
        float[] scoreGradient = new float[Batch * 4];
        float[] inputGradient = new float[Batch * 3];
        layer.Forward(input, scores, Batch);
        SoftmaxCrossEntropy.Compute(scores, s_labels, scoreGradient);
        layer.Backward(input, scoreGradient, inputGradient, Batch);

        double[] x = ToDouble(input);
        double[][] values = [ToDouble(layer.Weights.Values), ToDouble(layer.Bias.Values)];
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(Difference(x, i, () => Loss(x, values)), inputGradient[i], 1e-6);
        }
    }

    private static double Difference(double[] values, int index, Func<double> loss)
    {
        double value = values[index];
        values[index] = value + H;
        double above = loss();
        values[index] = value - H;
        double below = loss();
        values[index] = value;
        return (above - below) / (2 * H);
    }

    private static double Loss(double[] input, double[][] parameters)
    {
        double[] x = input;
        for (int p = 0; p < parameters.Length; p += 2)
        {
            x = Dense(x, parameters[p], parameters[p + 1]);
        }
        int classes = x.Length / Batch;
        double loss = 0;
        for (int i = 0; i < Batch; i++)
        {
            ArraySegment<double> scores = new(x, i * classes, classes);
            loss += Math.Log(scores.Sum(Math.Exp)) - scores[s_labels[i]];
        }
        return loss / Batch;
    }

    private static double[] Dense(double[] x, double[] weights, double[] bias)
    {
        int depth = weights.Length / bias.Length;
        double[] y = new double[Batch * bias.Length];
        for (int i = 0; i < y.Length; i++)
        {
            (int row, int o) = Math.DivRem(i, bias.Length);
            y[i] = bias[o] + Enumerable.Range(0, depth).Sum(d => x[(row * depth) + d] * weights[(o * depth) + d]);
        }
        return y;
    }

    private static double[] ToDouble(ReadOnlySpan<float> values)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[i];
        }
        return result;
    }
}

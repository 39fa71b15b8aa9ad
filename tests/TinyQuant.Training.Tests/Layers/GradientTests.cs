using TinyQuant.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Losses;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Layers;

/// <summary>Gradients of whole networks against central differences.</summary>
public class GradientTests
{
    private const int Batch = 5;

    private static readonly byte[] s_labels = [0, 3, 2, 3, 1];

    [Fact]
    public void Of_two_dense_layers_in_double()
    {
        var network = new Network(Batch, new DenseLayer("first", 7, 6), new DenseLayer("second", 6, 4));
        Fill(network, 3);
        (double loss, _) = Backpropagate(network, smoothing: 0.1f);

        double[] input = ToDouble(network.Input(Batch));
        double[][] values = [.. network.Parameters.Select(p => ToDouble(p.Values))];
        Assert.Equal(Loss(input, values, 0.1), loss, 1e-6);
        for (int p = 0; p < values.Length; p++)
        {
            for (int i = 0; i < values[p].Length; i++)
            {
                double expected = Difference(values[p], i, () => Loss(input, values, 0.1));
                Assert.Equal(expected, network.Parameters[p].Gradients[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Of_examples_that_count_more_or_less()
    {
        float[] weights = [0.5f, 2, 1, 0.25f, 3];
        var random = new Pcg32(12);
        float[] scores = new float[Batch * 4], gradient = new float[Batch * 4], ignored = new float[Batch * 4];
        Toy.Fill(scores, random);

        (double loss, _) = SoftmaxCrossEntropy.Compute(scores, s_labels, gradient, 0.1f, weights);

        double[] exact = ToDouble(scores);
        double[] losses = [.. Enumerable.Range(0, Batch).Select(i =>
        {
            double[] row = exact[(i * 4)..((i + 1) * 4)];
            return Math.Log(row.Sum(Math.Exp)) - (0.9 * row[s_labels[i]]) - (0.1 * row.Average());
        })];
        Assert.Equal(losses.Zip(weights, (l, w) => l * w).Sum() / Batch, loss, 1e-6);
        SoftmaxCrossEntropy.Compute(scores, s_labels, ignored, 0.1f);
        Assert.All(Enumerable.Range(0, gradient.Length),
            i => Assert.Equal(ignored[i] * weights[i / 4], gradient[i], 1e-6f));
        Assert.Throws<ArgumentException>(() =>
            SoftmaxCrossEntropy.Compute(scores, s_labels, gradient, 0, new float[3]));
    }

    [Fact]
    public void Of_classes_that_count_alike()
    {
        // 4 of class 0, 1 of class 2, none of class 1: weights 5 / (2 · 4) and 5 / (2 · 1), whose mean over the
        // examples is 1.
        byte[] labels = [0, 0, 2, 0, 0];
        float[] scores = [.. Enumerable.Range(0, 15).Select(i => (i * 7 % 5) / 4f)];
        float[] plain = new float[6], balanced = new float[6];
        int[] batch = [1, 2];

        new Classification(labels).Compute(batch, [], scores.AsSpan(3, 6), plain);
        new Classification(labels, balances: true).Compute(batch, [], scores.AsSpan(3, 6), balanced);

        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(plain[i] * (i < 3 ? 0.625f : 2.5f), balanced[i], 1e-6f));
    }

    [Fact]
    public void Of_a_residual_network_whose_node_has_three_readers()
    {
        var builder = new NetworkBuilder(new FeatureShape(6, 6, 2), seed: 4);
        builder.Conv2D(4, new Window(3, 3));
        int start = builder.Current;
        builder.Conv2D(4, new Window(3, 3)).BatchNorm().Add(start).DepthwiseConv2D(new Window(3, 3)).Add(start)
            .AveragePool2D(new Window(2, 2, 2)).GlobalAveragePool().Dense(4);
        Network network = builder.Build(Batch);
        var random = new Pcg32(8);
        Toy.Fill(network.Input(Batch), random);

        foreach (Parameter parameter in network.Parameters)
        {
            Backpropagate(network, isTraining: true);
            float[] gradients = [.. parameter.Gradients];
            for (int i = 0; i < gradients.Length; i++)
            {
                float value = parameter.Values[i];
                parameter.Values[i] = value + (1f / 256);
                double above = Backpropagate(network, isTraining: true).Loss;
                parameter.Values[i] = value - (1f / 256);
                double below = Backpropagate(network, isTraining: true).Loss;
                parameter.Values[i] = value;
                Assert.Equal((above - below) * 128, gradients[i], 1e-3);
            }
        }
    }

    [Fact]
    public void Of_the_mean_squared_error()
    {
        float[] outputs = [0.5f, -1, 2, 0.25f];
        float[] targets = [0.25f, 1, 2, -0.5f];
        float[] gradient = new float[4];

        double loss = MeanSquaredError.Compute(outputs, targets, gradient);

        Assert.Equal((0.0625 + 4 + 0 + 0.5625) / 4, loss, 1e-9);
        float[] ignored = new float[4];
        for (int i = 0; i < 4; i++)
        {
            float value = outputs[i];
            outputs[i] = value + (1f / 128);
            double above = MeanSquaredError.Compute(outputs, targets, ignored);
            outputs[i] = value - (1f / 128);
            double below = MeanSquaredError.Compute(outputs, targets, ignored);
            outputs[i] = value;
            Assert.Equal((above - below) * 64, gradient[i], 1e-6);
        }
    }

    private static (double Loss, int Correct) Backpropagate(
        Network network, float smoothing = 0, bool isTraining = false)
    {
        ReadOnlySpan<float> scores = network.Forward(new Pass(Batch, isTraining));
        (double, int) result = SoftmaxCrossEntropy.Compute(scores, s_labels, network.OutputGradient(Batch), smoothing);
        network.Backward();
        return result;
    }

    private static void Fill(Network network, ulong seed)
    {
        var random = new Pcg32(seed);
        foreach (Parameter parameter in network.Parameters)
        {
            Toy.Fill(parameter.Values, random);
        }

        Toy.Fill(network.Input(Batch), random);
    }

    private static double Difference(double[] values, int index, Func<double> loss)
    {
        const double h = 1e-5;
        double value = values[index];
        values[index] = value + h;
        double above = loss();
        values[index] = value - h;
        double below = loss();
        values[index] = value;
        return (above - below) / (2 * h);
    }

    private static double Loss(double[] input, double[][] parameters, double smoothing)
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
            loss += Math.Log(scores.Sum(Math.Exp)) - ((1 - smoothing) * scores[s_labels[i]])
                - (smoothing * scores.Average());
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

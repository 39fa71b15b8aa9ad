using System.Numerics.Tensors;

namespace TinyQuant.Data.Tests;

/// <summary>The simplest classifier there is, to see how hard a data set is.</summary>
internal static class SoftmaxRegression
{
    private const int Classes = 10;
    private const int Epochs = 6;
    private const float Rate = 0.02f;

    /// <summary>Trains, then gives the share of test images it gets right.</summary>
    public static double Accuracy(DataSet set)
    {
        int inputs = set.Train.Rows * set.Train.Columns;
        var weights = new float[Classes * (inputs + 1)];
        var x = new float[inputs + 1];
        var y = new float[Classes];
        for (int step = 0; step < Epochs * set.Train.Count; step++)
        {
            int i = step % set.Train.Count;
            Forward(set.TrainImages.Image(i), weights, x, y);
            float max = y.Max();
            float sum = y.Sum(value => MathF.Exp(value - max));
            for (int k = 0; k < Classes; k++)
            {
                float error = (MathF.Exp(y[k] - max) / sum) - (set.Train.Labels.Span[i] == k ? 1 : 0);
                Span<float> row = weights.AsSpan(k * x.Length, x.Length);
                TensorPrimitives.MultiplyAdd(x, -Rate * error, row, row);
            }
        }

        int right = 0;
        for (int i = 0; i < set.Test.Count; i++)
        {
            Forward(set.TestImages.Image(i), weights, x, y);
            right += y.IndexOf(y.Max()) == set.Test.Labels.Span[i] ? 1 : 0;
        }

        return (double)right / set.Test.Count;
    }

    private static void Forward(ReadOnlySpan<byte> image, float[] weights, float[] x, float[] y)
    {
        for (int j = 0; j < image.Length; j++)
        {
            x[j] = image[j] / 255f;
        }

        x[^1] = 1;
        for (int k = 0; k < y.Length; k++)
        {
            y[k] = TensorPrimitives.Dot(weights.AsSpan(k * x.Length, x.Length), x);
        }
    }
}

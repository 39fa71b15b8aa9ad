using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>Pools by their definition: the elements inside of the image, one after another.</summary>
internal static class PlainPooling
{
    public static double[] Run(Pooling op, double[] input) => [.. Indexes.Of(op.Output.Shape).Select(i =>
    {
        double[] covered = [.. Covered(op, i).Select(from => input[Indexes.Element(op.Input.Shape, from)])];
        return Activate(op, op switch
        {
            MaxPool2D => covered.Max(),
            L2Pool2D => MathF.Sqrt((float)Mean(op, [.. covered.Select(x => (double)((float)x * (float)x))])),
            _ => Mean(op, covered),
        });
    })];

    private static IEnumerable<int[]> Covered(Pooling op, int[] index)
    {
        int top = (index[1] * op.Window.StrideHeight) - Before(op, 1, op.Filter.Height, op.Window.StrideHeight);
        int left = (index[2] * op.Window.StrideWidth) - Before(op, 2, op.Filter.Width, op.Window.StrideWidth);
        for (int y = top; y < top + op.Filter.Height; y++)
        {
            for (int x = left; x < left + op.Filter.Width; x++)
            {
                if (y >= 0 && y < op.Input.Shape[1] && x >= 0 && x < op.Input.Shape[2])
                {
                    yield return [index[0], y, x, index[3]];
                }
            }
        }
    }

    /// <summary>Half of what all windows together cover beyond the image, rounded down.</summary>
    private static int Before(Pooling op, int dimension, int filter, int stride) => op.Window.Padding == Padding.Valid
        ? 0
        : Math.Max(0, ((op.Output.Shape[dimension] - 1) * stride) + filter - op.Input.Shape[dimension]) / 2;

    private static double Mean(Pooling op, double[] covered)
    {
        if (op.Input.Type != TensorType.Float32)
        {
            // AveragePool of kernels/internal/reference/integer_ops/pooling.h.
            int count = covered.Length;
            int total = covered.Sum(code => (int)code);
            return total > 0 ? (total + (count / 2)) / count : (total - (count / 2)) / count;
        }

        float sum = 0;
        foreach (double value in covered)
        {
            sum += (float)value;
        }

        return sum / covered.Length;
    }

    private static double Activate(Pooling op, double value)
    {
        if (op.Input.Type != TensorType.Float32)
        {
            return FixedPoint.Activate(value, op.Window.Activation, op.Output.Quantization!, op.Output.Type);
        }

        (float least, float greatest) = op.Window.Activation.Range();
        return Math.Min(Math.Max(value, least), greatest);
    }
}

using System.Numerics.Tensors;

namespace TinyQuant.Data;

/// <summary>
/// Random numbers over an image that change slowly from pixel to pixel: white noise under a Gaussian.
/// </summary>
internal sealed class SmoothField
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly float[] _kernel;

    public SmoothField(int rows, int columns, float deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        (_rows, _columns) = (rows, columns);
        int radius = (int)MathF.Ceiling(2 * deviation);
        _kernel = [.. Enumerable.Range(-radius, (2 * radius) + 1)
            .Select(i => MathF.Exp(-i * i / (2 * deviation * deviation)))];
        // Smoothed twice, along both axes, white noise of deviation 1 has deviation sum of squares.
        float norm = TensorPrimitives.SumOfSquares<float>(_kernel);
        TensorPrimitives.Divide(_kernel, MathF.Sqrt(norm), _kernel);
    }

    /// <summary>Numbers of mean 0 and about that deviation, less at the borders.</summary>
    public void Fill(Pcg32 random, float deviation, Span<float> field)
    {
        float[] noise = new float[field.Length];
        float range = deviation * MathF.Sqrt(3); // uniform numbers in [-range, range) have that deviation
        foreach (ref float value in noise.AsSpan())
        {
            value = ((2 * random.NextFloat()) - 1) * range;
        }

        float[] smoothed = new float[field.Length];
        int radius = _kernel.Length / 2;
        for (int y = 0; y < _rows; y++)
        {
            Span<float> row = smoothed.AsSpan(y * _columns, _columns);
            for (int k = Math.Max(-radius, -y); k <= Math.Min(radius, _rows - 1 - y); k++)
            {
                TensorPrimitives.MultiplyAdd(noise.AsSpan((y + k) * _columns, _columns), _kernel[k + radius], row, row);
            }
        }

        field.Clear();
        for (int y = 0; y < _rows; y++)
        {
            ReadOnlySpan<float> from = smoothed.AsSpan(y * _columns, _columns);
            Span<float> to = field.Slice(y * _columns, _columns);
            for (int k = -Math.Min(radius, _columns - 1); k <= Math.Min(radius, _columns - 1); k++)
            {
                int first = Math.Max(0, -k);
                int count = _columns - Math.Abs(k);
                Span<float> target = to.Slice(first, count);
                TensorPrimitives.MultiplyAdd(from.Slice(first + k, count), _kernel[k + radius], target, target);
            }
        }
    }
}

namespace TinyQuant.Training.Numerics;

/// <summary>
/// Sums over all pixels of a batch, for each channel: float32 within an example, double over examples, joined in a
/// fixed order.
/// </summary>
internal sealed class ChannelSums(int channels)
{
    private readonly double[][] _parts = [.. Enumerable.Range(0, BatchShards.Count).Select(_ => new double[channels])];
    private readonly double[] _sums = new double[channels];

    /// <summary>Runs an action on each pixel, which adds it to the sums it is given.</summary>
    /// <param name="batch">Examples.</param>
    /// <param name="length">Elements of an example.</param>
    /// <param name="add">Takes where the pixel begins.</param>
    /// <returns>The sums, valid until the next call.</returns>
    public double[] Run(int batch, int length, PixelAction add)
    {
        BatchShards.Run(batch, (part, first, count) =>
        {
            double[] sums = _parts[part];
            Array.Clear(sums);
            float[] example = new float[channels];
            for (int i = first; i < first + count; i++)
            {
                Array.Clear(example);
                for (int at = i * length; at < (i + 1) * length; at += channels)
                {
                    add(at, example);
                }

                for (int c = 0; c < channels; c++)
                {
                    sums[c] += example[c];
                }
            }
        });
        Array.Clear(_sums);
        foreach (double[] part in _parts.AsSpan(0, Math.Min(BatchShards.Count, batch)))
        {
            for (int c = 0; c < channels; c++)
            {
                _sums[c] += part[c];
            }
        }

        return _sums;
    }

    /// <summary>Adds one pixel.</summary>
    public delegate void PixelAction(int at, Span<float> sum);
}

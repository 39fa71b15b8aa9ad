using TinyQuant.Training.Layers;

namespace TinyQuant.Training;

/// <summary>All numbers that a network is made of, at one time.</summary>
internal sealed class Snapshot
{
    private Snapshot(float[][] values) => Values = values;

    /// <summary>Parameters and states, in the order of the network.</summary>
    public float[][] Values { get; }

    public static Snapshot Of(Network network) => new([.. Arrays(network).Select(a => (float[])a.Clone())]);

    public static Snapshot From(float[][] values) => new(values);

    public void CopyTo(Network network)
    {
        foreach ((float[] from, float[] to) in Values.Zip(Arrays(network)))
        {
            from.CopyTo(to, 0);
        }
    }

    private static IEnumerable<float[]> Arrays(Network network) =>
        network.Parameters.Select(p => p.Values).Concat(network.State);
}

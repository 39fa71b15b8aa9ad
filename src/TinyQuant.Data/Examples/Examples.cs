namespace TinyQuant.Data;

/// <summary>What a network learns from, example by example.</summary>
public abstract class Examples
{
    /// <summary>How many there are.</summary>
    public abstract int Count { get; }

    /// <summary>Elements of one input.</summary>
    public abstract int Length { get; }

    /// <summary>What data it is, for a checkpoint to recognize it.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>Writes one input. Called from several threads; the same arguments give the same values.</summary>
    /// <param name="index">The example.</param>
    /// <param name="epoch">The epoch, from 1, which decides a random change of it; 0 for the example as it is.</param>
    /// <param name="target">Receives <see cref="Length"/> elements.</param>
    public abstract void Read(int index, int epoch, Span<float> target);
}

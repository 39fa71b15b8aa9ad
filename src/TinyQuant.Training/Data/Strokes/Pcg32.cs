using System.Numerics;

namespace TinyQuant.Training.Data;

/// <summary>
/// The PCG-XSH-RR generator of M. O'Neill: 32 bits at a time, the same on every machine and every version of .NET,
/// which <see cref="Random"/> does not promise.
/// </summary>
internal struct Pcg32
{
    private const ulong Multiplier = 6364136223846793005;

    private readonly ulong _increment;
    private ulong _state;

    /// <param name="seed">Where in the sequence to begin.</param>
    /// <param name="sequence">Which of 2^63 sequences.</param>
    public Pcg32(ulong seed, ulong sequence)
    {
        _increment = (sequence << 1) | 1;
        Next();
        _state += seed;
        Next();
    }

    public uint Next()
    {
        ulong state = _state;
        _state = (state * Multiplier) + _increment;
        return BitOperations.RotateRight((uint)(((state >> 18) ^ state) >> 27), (int)(state >> 59));
    }

    /// <summary>A number below <paramref name="limit"/>, all but equally likely.</summary>
    public int Below(int limit) => (int)(((ulong)Next() * (uint)limit) >> 32);

    /// <summary>A number from <paramref name="low"/> to just below <paramref name="high"/>.</summary>
    public float Between(float low, float high) => low + ((high - low) * ((Next() >> 8) * (1f / (1 << 24))));
}

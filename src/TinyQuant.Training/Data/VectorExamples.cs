using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TinyQuant.Training.Data;

/// <summary>Vectors as they are.</summary>
/// <param name="name">What they are.</param>
/// <param name="vectors">At least one; all of one length.</param>
public sealed class VectorExamples(string name, IReadOnlyList<float[]> vectors) : Examples
{
    /// <inheritdoc/>
    public override int Count => vectors.Count;

    /// <inheritdoc/>
    public override int Length => vectors[0].Length;

    /// <inheritdoc/>
    public override string Fingerprint
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (float[] vector in vectors)
            {
                hash.AppendData(MemoryMarshal.AsBytes<float>(vector));
            }
            return $"{name}, {Count} vectors of {Length}, {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}";
        }
    }

    /// <inheritdoc/>
    public override void Read(int index, int epoch, Span<float> target) => vectors[index].CopyTo(target);
}

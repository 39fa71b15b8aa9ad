using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TinyQuant.Data;

/// <summary>Vectors as they are.</summary>
public sealed class VectorExamples : Examples
{
    private readonly string _name;
    private readonly IReadOnlyList<float[]> _vectors;

    /// <summary>Wraps vectors; nothing is copied.</summary>
    /// <param name="name">What they are.</param>
    /// <param name="vectors">At least one; all of one length.</param>
    /// <exception cref="ArgumentException">There is none, they have several lengths, or a value is not
    /// finite.</exception>
    public VectorExamples(string name, IReadOnlyList<float[]> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count == 0)
        {
            throw new ArgumentException($"{name}: there are no vectors; expected one at least.", nameof(vectors));
        }

        for (int i = 0; i < vectors.Count; i++)
        {
            if (vectors[i].Length != vectors[0].Length)
            {
                throw new ArgumentException(
                    Invariant($"{name}: vector {i} has {vectors[i].Length} values; expected {vectors[0].Length}, ")
                        + "as the first has.", nameof(
                        vectors));
            }

            int wrong = Array.FindIndex(vectors[i], v => !float.IsFinite(v));
            if (wrong >= 0)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{name}: value {wrong} of vector {i} is {vectors[i][wrong]}; expected finite numbers."),
                    nameof(vectors));
            }
        }

        (_name, _vectors) = (name, vectors);
    }

    /// <inheritdoc/>
    public override int Count => _vectors.Count;

    /// <inheritdoc/>
    public override int Length => _vectors[0].Length;

    /// <inheritdoc/>
    public override string Fingerprint
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (float[] vector in _vectors)
            {
                hash.AppendData(MemoryMarshal.AsBytes<float>(vector));
            }

            return $"{_name}, {Count} vectors of {Length}, {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}";
        }
    }

    /// <inheritdoc/>
    public override void Read(int index, int epoch, Span<float> target) => _vectors[index].CopyTo(target);
}

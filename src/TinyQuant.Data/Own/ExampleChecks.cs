using System.Collections.Immutable;
using System.Security.Cryptography;

namespace TinyQuant.Data;

/// <summary>What may be wrong with examples that can be read.</summary>
internal static class ExampleChecks
{
    private const int KeyBytes = 16;

    /// <summary>Sentences for people; often none.</summary>
    public static ImmutableArray<string> Of(DataSet data) => [.. Classes(data), .. Twins(data)];

    private static IEnumerable<string> Classes(DataSet data)
    {
        if (data.ClassNames.Length == 1)
        {
            yield return $"All examples are of one class, '{data.ClassNames[0]}'.";
        }

        foreach ((LabelledExamples half, string purpose) in new[] { (data.Train, "train"), (data.Test, "test") })
        {
            bool[] occurs = new bool[data.ClassNames.Length];
            foreach (byte label in half.Labels.Span)
            {
                occurs[label] = true;
            }

            string[] missing = [.. data.ClassNames.Where((_, i) => !occurs[i])];
            if (missing.Length > 0)
            {
                yield return $"There is no example to {purpose} on of "
                    + $"{(missing.Length == 1 ? "class" : "the classes")} {ClassNames.List(missing)}.";
            }
        }
    }

    /// <summary>
    /// Examples that are there twice: in both halves, they make a model look better; with two classes, no model can be
    /// right.
    /// </summary>
    private static IEnumerable<string> Twins(DataSet data)
    {
        var seen = new Dictionary<UInt128, byte>();
        int contradicting = 0;
        foreach ((UInt128 key, byte label) in Keys(data.Train))
        {
            contradicting += !seen.TryAdd(key, label) && seen[key] != label ? 1 : 0;
        }

        int known = 0;
        foreach ((UInt128 key, byte label) in Keys(data.Test))
        {
            bool isKnown = seen.TryGetValue(key, out byte other);
            known += isKnown ? 1 : 0;
            contradicting += isKnown && other != label ? 1 : 0;
        }

        if (known > 0)
        {
            yield return Invariant($"{known} of the {data.Test.Count} {data.Test.Noun} to test on are also among ")
                + "those to train on.";
        }

        if (contradicting > 0)
        {
            yield return Invariant($"{contradicting} {data.Test.Noun} are there twice, with different classes.");
        }
    }

    private static IEnumerable<(UInt128 Key, byte Label)> Keys(LabelledExamples examples)
    {
        for (int i = 0; i < examples.Count; i++)
        {
            yield return (Key(examples.Bytes(i)), examples.Labels.Span[i]);
        }
    }

    /// <summary>
    /// What tells examples of one length apart: short ones, of which there may be very many, are it themselves.
    /// </summary>
    private static UInt128 Key(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (bytes.Length <= KeyBytes)
        {
            hash.Clear();
            bytes.CopyTo(hash);
        }
        else
        {
            SHA256.HashData(bytes, hash);
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}

using System.Collections.Immutable;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Signatures;

/// <summary>The subgraph of a file that becomes the model.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Choice">By which signature; null where the file has no other.</param>
internal sealed record MainSubgraph(int Index, SignatureChoice? Choice)
{
    /// <summary>
    /// The one of a signature; where none is asked for the first one, as TensorFlow Lite Micro runs it. Null, with an
    /// error, where there is no such signature.
    /// </summary>
    public static MainSubgraph? Of(TfliteModel file, string? signature, ErrorCollection errors)
    {
        ImmutableArray<TfliteSignature> all = file.Signatures;
        TfliteSignature? found = all.FirstOrDefault(s => signature is null ? s.Subgraph == 0 : s.Name == signature);
        if (signature is not null && found is null)
        {
            string names = string.Join(" or ", all.Select(s => $"'{s.Name}'"));
            errors.Add(all.IsEmpty
                ? $"there is no signature '{signature}': the file has none; expected no --signature and no Signature"
                : $"there is no signature '{signature}'; expected {names}");
            return null;
        }

        return new MainSubgraph(
            found?.Subgraph ?? 0,
            all.Length > (found is null ? 0 : 1)
                ? new SignatureChoice(found?.Name, [.. all.Select(s => s.Name)])
                : null);
    }
}

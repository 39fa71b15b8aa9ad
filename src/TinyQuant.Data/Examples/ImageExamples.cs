using System.Globalization;
using System.Security.Cryptography;

namespace TinyQuant.Data;

/// <summary>Images as inputs in [0, 1], changed at random in each epoch where that is asked for.</summary>
/// <param name="images">The images.</param>
/// <param name="augmentation">How they are changed; null for not at all.</param>
/// <param name="seed">With the epoch and the image it decides the change.</param>
public sealed class ImageExamples(LabelledImages images, Augmentation? augmentation = null, ulong seed = 0) : Examples
{
    private readonly Augmenter? _augmenter = augmentation is null
        ? null
        : new Augmenter(augmentation, images.Rows, images.Columns);

    /// <inheritdoc/>
    public override int Count => images.Count;

    /// <inheritdoc/>
    public override int Length => images.Length;

    /// <inheritdoc/>
    public override string Fingerprint => string.Create(CultureInfo.InvariantCulture,
        $"{images.Name}, {images.Count} images of {images.Rows}x{images.Columns}, {Hash(images.Pixels)} {Hash(images.Labels)}");

    /// <inheritdoc/>
    public override void Read(int index, int epoch, Span<float> target)
    {
        if (_augmenter is null || epoch == 0)
        {
            images.ReadReals(index, target);
        }
        else
        {
            _augmenter.Apply(images.Image(index), Pcg32.At(seed, "augment", (ulong)epoch, (ulong)index), target);
        }
    }

    private static string Hash(ReadOnlyMemory<byte> bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(bytes.Span))[..16];
}

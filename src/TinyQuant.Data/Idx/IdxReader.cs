namespace TinyQuant.Data;

/// <summary>
/// Reads IDX files, the form MNIST is published in, plain or compressed with gzip (told by content, not by name).
/// </summary>
public static class IdxReader
{
    /// <summary>The number of classes; labels are below it.</summary>
    public const int ClassCount = 10;

    /// <summary>Reads images and their labels.</summary>
    /// <param name="imagesPath">The file of images.</param>
    /// <param name="labelsPath">The file of labels.</param>
    /// <param name="name">The <see cref="LabelledExamples.Name"/> of the result.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LabelledImages Read(string imagesPath, string labelsPath, string name) =>
        Combine(name, IdxContent.Read(imagesPath, IdxKind.Images), IdxContent.Read(labelsPath, IdxKind.Labels));

    /// <summary>Joins images with their labels.</summary>
    /// <exception cref="InvalidDataException">A label is not a class, or their numbers differ.</exception>
    internal static LabelledImages Combine(string name, IdxContent images, IdxContent labels)
    {
        ReadOnlySpan<byte> classes = labels.Payload.Span;
        int wrong = classes.IndexOfAnyExceptInRange((byte)0, (byte)(ClassCount - 1));
        return wrong < 0
            ? CombineAny(name, images, labels)
            : throw new InvalidDataException(
                Invariant($"{labels.File}: label {wrong} is {classes[wrong]}, expected 0 to {ClassCount - 1}."));
    }

    /// <summary>The same with any bytes as labels, of data that need not have ten classes.</summary>
    /// <exception cref="InvalidDataException">Their numbers differ.</exception>
    internal static LabelledImages CombineAny(string name, IdxContent images, IdxContent labels)
    {

        return images.Header.Count == labels.Header.Count
            ? new(name, images.Header.Rows, images.Header.Columns, images.Payload, labels.Payload)
            : throw new InvalidDataException(
                $"{labels.File}: {labels.Header.Count} labels, expected {images.Header.Count}, one for each image of "
                + $"{images.File}.");
    }
}

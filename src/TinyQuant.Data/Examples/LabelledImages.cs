namespace TinyQuant.Data;

/// <summary>Grey images of one size, each with a class.</summary>
public sealed class LabelledImages : LabelledExamples
{
    /// <summary>Wraps pixels and labels; nothing is copied.</summary>
    /// <param name="name">The data set and its half, such as <c>mnist/test</c>.</param>
    /// <param name="rows">The rows of an image, at least 1.</param>
    /// <param name="columns">The columns of an image, at least 1.</param>
    /// <param name="pixels">All images one after the other, each row by row; 0 is the background.</param>
    /// <param name="labels">The class of each image.</param>
    /// <exception cref="ArgumentOutOfRangeException">No rows or no columns.</exception>
    /// <exception cref="ArgumentException">Pixels and labels do not fit together.</exception>
    public LabelledImages(string name, int rows, int columns, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
        : base(name, rows, columns, pixels.Length, "pixels", labels) => Pixels = pixels;

    /// <summary>
    /// All images: <see cref="LabelledExamples.Count"/> × <see cref="LabelledExamples.Rows"/> ×
    /// <see cref="LabelledExamples.Columns"/> bytes.
    /// </summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <inheritdoc/>
    public override string Noun => "images";

    /// <inheritdoc/>
    public override ValueRange? Range => new ValueRange(0, 1);

    /// <summary>The pixels of one image, row by row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        Require(index);
        return Pixels.Span.Slice(index * Length, Length);
    }

    /// <summary>Writes an image as the input of a float32 model: pixel / 255, in [0, 1].</summary>
    /// <inheritdoc/>
    public override void ReadReals(int index, Span<float> reals) => ToReals(Image(index), reals);

    /// <summary>Pixels from 0 to 255 as reals in [0, 1].</summary>
    public static void ToReals(ReadOnlySpan<byte> pixels, Span<float> reals)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            reals[i] = pixels[i] / 255f;
        }
    }

    /// <inheritdoc/>
    public override LabelledImages Take(int count)
    {
        int taken = AtMost(count);
        return new(Name, Rows, Columns, Pixels[..(taken * Length)], Labels[..taken]);
    }

    internal override LabelledImages Select(ReadOnlySpan<int> indices, string name)
    {
        byte[] pixels = new byte[indices.Length * Length];
        byte[] labels = new byte[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Image(indices[i]).CopyTo(pixels.AsSpan(i * Length));
            labels[i] = Labels.Span[indices[i]];
        }

        return new LabelledImages(name, Rows, Columns, pixels, labels);
    }

    internal override LabelledImages Relabel(ReadOnlySpan<byte> labels) =>
        new(Name, Rows, Columns, Pixels, NewLabels(labels));

    internal override ReadOnlySpan<byte> Bytes(int index) => Image(index);

    internal override Examples ForTraining(Augmentation? augmentation, ulong seed) =>
        new ImageExamples(this, augmentation, seed);
}

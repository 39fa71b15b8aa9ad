namespace TinyQuant.Training.Data;

/// <summary>Grey images of one size, each with a class: one half of a <see cref="DataSet"/>.</summary>
public sealed class LabelledImages
{
    /// <summary>Wraps pixels and labels; nothing is copied.</summary>
    /// <param name="name">The data set and its half, such as <c>mnist/test</c>.</param>
    /// <param name="rows">The rows of an image, at least 1.</param>
    /// <param name="columns">The columns of an image, at least 1.</param>
    /// <param name="pixels">All images one after the other, each row by row; 0 is the background.</param>
    /// <param name="labels">The class of each image.</param>
    /// <exception cref="ArgumentOutOfRangeException">No rows or no columns.</exception>
    /// <exception cref="ArgumentException">Pixels and labels do not fit together.</exception>
    public LabelledImages(
        string name, int rows, int columns, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (pixels.Length != (long)labels.Length * rows * columns)
        {
            throw new ArgumentException(
                $"{name}: {labels.Length} labels of {rows}x{columns} images need "
                + $"{(long)labels.Length * rows * columns} pixels, but there are {pixels.Length}.",
                nameof(pixels));
        }

        Name = name;
        Rows = rows;
        Columns = columns;
        Pixels = pixels;
        Labels = labels;
    }

    /// <summary>The data set and its half, such as <c>mnist/test</c>.</summary>
    public string Name { get; }

    /// <summary>The number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>The rows of an image.</summary>
    public int Rows { get; }

    /// <summary>The columns of an image.</summary>
    public int Columns { get; }

    /// <summary>The pixels of an image.</summary>
    public int ImageLength => Rows * Columns;

    /// <summary>All images: <see cref="Count"/> × <see cref="Rows"/> × <see cref="Columns"/> bytes.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>The class of each image.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>The pixels of one image, row by row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Pixels.Span.Slice(index * ImageLength, ImageLength);
    }

    /// <summary>Writes an image as the input of a float32 model: pixel / 255, in [0, 1].</summary>
    /// <param name="index">The image.</param>
    /// <param name="reals">At least <see cref="ImageLength"/> elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public void ReadReals(int index, Span<float> reals) => ToReals(Image(index), reals);

    /// <summary>Pixels from 0 to 255 as reals in [0, 1].</summary>
    public static void ToReals(ReadOnlySpan<byte> pixels, Span<float> reals)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            reals[i] = pixels[i] / 255f;
        }
    }

    /// <summary>The first images, at most all of them, without a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public LabelledImages Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int taken = Math.Min(count, Count);
        return new(Name, Rows, Columns, Pixels[..(taken * ImageLength)], Labels[..taken]);
    }

    /// <summary>Some of the images in a given order, copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    internal LabelledImages Select(ReadOnlySpan<int> indices, string name)
    {
        byte[] pixels = new byte[indices.Length * ImageLength];
        byte[] labels = new byte[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Image(indices[i]).CopyTo(pixels.AsSpan(i * ImageLength));
            labels[i] = Labels.Span[indices[i]];
        }
        return new LabelledImages(name, Rows, Columns, pixels, labels);
    }
}

namespace TinyQuant.Training;

/// <summary>Images of one size with a class each, as the trainer, the calibrator and the recipes read them.</summary>
public sealed class LabelledPixels
{
    /// <summary>Wraps images and labels; nothing is copied.</summary>
    /// <param name="pixels">Image after image, row-major, 0 to 255.</param>
    /// <param name="labels">The class of each image, from 0.</param>
    /// <param name="imageLength">Pixels of one image.</param>
    /// <exception cref="ArgumentException">There are not <paramref name="imageLength"/> pixels for each label.</exception>
    public LabelledPixels(ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, int imageLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageLength, 1);
        if (pixels.Length != (long)labels.Length * imageLength)
        {
            throw new ArgumentException(
                $"There are {pixels.Length} pixels for {labels.Length} labels; expected {imageLength} for each.",
                nameof(pixels));
        }
        Pixels = pixels;
        Labels = labels;
        ImageLength = imageLength;
    }

    /// <summary>Image after image, row-major, 0 to 255.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>The class of each image, from 0.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>Pixels of one image.</summary>
    public int ImageLength { get; }

    /// <summary>How many images there are.</summary>
    public int Count => Labels.Length;

    /// <summary>The pixels of image <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.Span.Slice(index * ImageLength, ImageLength);

    /// <summary>Writes image <paramref name="index"/> as the input of a float32 model: pixel / 255, in [0, 1].</summary>
    public void ReadInput(int index, Span<float> input)
    {
        ReadOnlySpan<byte> image = Image(index);
        for (int i = 0; i < image.Length; i++)
        {
            input[i] = image[i] / 255f;
        }
    }
}

using TinyQuant.Data;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Tests.Support;

/// <summary>Small data that a linear classifier can learn: class c lights pixel c, over noise.</summary>
internal static class Toy
{
    public static LabelledImages Data(int count, int imageLength, int classes, ulong seed = 7)
    {
        var random = new Pcg32(seed);
        byte[] pixels = new byte[count * imageLength];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % classes);
            for (int p = 0; p < imageLength; p++)
            {
                pixels[(i * imageLength) + p] = (byte)random.NextBelow(p == labels[i] ? 256 : 100);
            }

            pixels[(i * imageLength) + labels[i]] |= 128;
        }

        return new LabelledImages("toy/train", 1, imageLength, pixels, labels);
    }

    public static Network Linear(int inputs, int classes, int batch = 64) =>
        new(batch, new DenseLayer("dense", inputs, classes));

    /// <summary>Numbers in [-1, 1).</summary>
    public static void Fill(Span<float> values, Pcg32 random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextBelow(2_000_000) - 1_000_000) / 1e6f;
        }
    }
}

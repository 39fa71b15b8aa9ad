using TinyQuant.Data;

namespace TinyQuant.Tests;

/// <summary>
/// Small pictures that a small network tells apart: a bright bar that lies, stands or slopes, over noise.
/// </summary>
internal static class Pictures
{
    public const int Side = 8;

    public static DataSet DataSet(int train = 240, int test = 60) =>
        new("bars", Create("bars/train", train, 1), Create("bars/test", test, 2), ["lies", "stands", "slopes"],
            "made by a test");

    public static LabelledImages Create(string name, int count, ulong seed)
    {
        var random = new Pcg32(seed);
        byte[] pixels = new byte[count * Side * Side];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % 3);
            int at = 1 + random.NextBelow(Side - 2);
            Span<byte> image = pixels.AsSpan(i * Side * Side, Side * Side);
            foreach (ref byte pixel in image)
            {
                pixel = (byte)random.NextBelow(60);
            }

            for (int p = 0; p < Side; p++)
            {
                int index = labels[i] switch
                {
                    0 => (at * Side) + p,
                    1 => (p * Side) + at,
                    _ => (p * Side) + ((p + at) % Side),
                };
                image[index] = (byte)(180 + random.NextBelow(70));
            }
        }

        return new LabelledImages(name, Side, Side, pixels, labels);
    }
}

using System.Globalization;

namespace TinyQuant.Data;

/// <summary>
/// Digits drawn by a procedure, for when no published data set can be had. Labelled as what they are: an accuracy on
/// them says nothing about MNIST.
/// </summary>
public static class StrokeDigits
{
    /// <summary>The <see cref="DataSet.Name"/>.</summary>
    public const string Name = "strokes";

    private const int Classes = IdxReader.ClassCount;
    private const int Side = StrokeCanvas.Side;

    /// <summary>Draws the data set.</summary>
    /// <remarks>
    /// Image n depends on the seed, its half and n alone: a smaller set is the beginning of a larger one. Among
    /// each ten images from a multiple of ten on, every digit comes once.
    /// </remarks>
    /// <param name="options">How many images, and the seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1 or above 100,000.</exception>
    public static DataSet Create(StrokeOptions options) => new(
        Name,
        Draw($"{Name}/train", options.TrainCount, options.Seed, half: 0),
        Draw($"{Name}/test", options.TestCount, options.Seed, half: 1),
        ClassNames.Digits,
        string.Create(CultureInfo.InvariantCulture, $"procedural, drawn with seed {options.Seed}"));

    private static LabelledImages Draw(string name, int count, ulong seed, ulong half)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 100_000);
        var pixels = new byte[count * Side * Side];
        var labels = new byte[count];
        var painter = new StrokePainter();
        Span<byte> order = stackalloc byte[Classes];
        for (int i = 0; i < count; i++)
        {
            if (i % Classes == 0)
            {
                Shuffle(order, new Pcg32(seed, (((ulong)i << 1) | half) + (1UL << 62)));
            }

            labels[i] = order[i % Classes];
            var random = new Pcg32(seed, ((ulong)i << 1) | half);
            painter.Paint(labels[i], random, pixels.AsSpan(i * Side * Side, Side * Side));
        }

        return new(name, Side, Side, pixels, labels);
    }

    /// <summary>Fills with 0, 1, 2, … in random order.</summary>
    private static void Shuffle(Span<byte> order, Pcg32 random)
    {
        for (int i = 0; i < order.Length; i++)
        {
            int at = random.NextScaled(i + 1);
            order[i] = order[at];
            order[at] = (byte)i;
        }
    }
}

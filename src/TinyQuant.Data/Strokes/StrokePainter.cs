namespace TinyQuant.Data;

/// <summary>Writes a digit with a shaking hand.</summary>
internal sealed class StrokePainter
{
    private const float Shake = 0.07f;
    private const float Middle = (StrokeCanvas.Side - 1) / 2f;

    private readonly StrokeCanvas _canvas = new();

    /// <summary>Paints a digit; all that is random about it comes from <paramref name="random"/>.</summary>
    public void Paint(int digit, Pcg32 random, Span<byte> pixels)
    {
        Stroke[][] forms = StrokeGlyphs.Forms[digit];
        Stroke[] form = forms[random.NextScaled(forms.Length)];
        var hand = Hand.Create(random);
        float radius = random.NextBetween(0.6f, 1.7f);
        float ink = random.NextBetween(170, 255);
        _canvas.Clear();
        foreach (Stroke stroke in form)
        {
            float[] points = Place(stroke.Points, hand, random);
            if (stroke.Curved)
            {
                points = CutCorners(CutCorners(points));
            }

            for (int i = 0; i + 3 < points.Length; i += 2)
            {
                _canvas.AddLine(points[i], points[i + 1], points[i + 2], points[i + 3], radius + 0.5f);
            }
        }

        _canvas.Render(pixels, radius, ink);
    }

    private static float[] Place(int[] percent, Hand hand, Pcg32 random)
    {
        var placed = new float[percent.Length];
        for (int i = 0; i < percent.Length; i += 2)
        {
            float x = ((percent[i] - 50) / 100f) + random.NextBetween(-Shake, Shake);
            float y = ((percent[i + 1] - 50) / 100f) + random.NextBetween(-Shake, Shake);
            placed[i] = Middle + hand.Right + (x * hand.Width) + (y * hand.Slant);
            placed[i + 1] = Middle + hand.Down + (y * hand.Height) + (x * hand.Climb);
        }

        return placed;
    }

    /// <summary>Chaikin's step towards a quadratic B-spline; the ends stay.</summary>
    private static float[] CutCorners(float[] points)
    {
        List<float> cut = [points[0], points[1]];
        for (int i = 0; i + 3 < points.Length; i += 2)
        {
            cut.Add((points[i] * 0.75f) + (points[i + 2] * 0.25f));
            cut.Add((points[i + 1] * 0.75f) + (points[i + 3] * 0.25f));
            cut.Add((points[i] * 0.25f) + (points[i + 2] * 0.75f));
            cut.Add((points[i + 1] * 0.25f) + (points[i + 3] * 0.75f));
        }

        cut.Add(points[^2]);
        cut.Add(points[^1]);
        return [.. cut];
    }

    /// <summary>The affine map from the digit's box to pixels.</summary>
    private readonly record struct Hand(float Width, float Height, float Slant, float Climb, float Right, float Down)
    {
        public static Hand Create(Pcg32 random) => new(
            random.NextBetween(11, 18),
            random.NextBetween(15, 22),
            random.NextBetween(-8, 5),
            random.NextBetween(-3.5f, 3.5f),
            random.NextBetween(-2.5f, 2.5f),
            random.NextBetween(-2.5f, 2.5f));
    }
}

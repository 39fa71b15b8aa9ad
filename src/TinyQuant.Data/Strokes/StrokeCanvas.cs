namespace TinyQuant.Data;

/// <summary>Draws lines with round ends: a pixel's ink depends on its distance to the nearest of them.</summary>
/// <remarks>
/// Only additions, products, quotients and square roots, which IEEE 754 rounds alike everywhere; no sine, no
/// exponential, no fused operation. So the images are the same on every machine.
/// </remarks>
internal sealed class StrokeCanvas
{
    public const int Side = 28;

    private readonly float[] _squaredDistance = new float[Side * Side];

    public void Clear() => _squaredDistance.AsSpan().Fill(float.MaxValue);

    /// <summary>Adds a line; only pixels nearer than <paramref name="reach"/> hear of it.</summary>
    public void AddLine(float x0, float y0, float x1, float y1, float reach)
    {
        float dx = x1 - x0;
        float dy = y1 - y0;
        float squaredLength = (dx * dx) + (dy * dy);
        float perLength = squaredLength > 0 ? 1 / squaredLength : 0;
        int left = First(Math.Min(x0, x1) - reach);
        int right = Last(Math.Max(x0, x1) + reach);
        int bottom = Last(Math.Max(y0, y1) + reach);
        for (int y = First(Math.Min(y0, y1) - reach); y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float px = x - x0;
                float py = y - y0;
                float along = Math.Clamp(((px * dx) + (py * dy)) * perLength, 0, 1);
                float ex = px - (along * dx);
                float ey = py - (along * dy);
                ref float nearest = ref _squaredDistance[(y * Side) + x];
                nearest = Math.Min(nearest, (ex * ex) + (ey * ey));
            }
        }
    }

    /// <summary>Turns distances into grey values.</summary>
    /// <param name="pixels">Side × Side bytes.</param>
    /// <param name="radius">Half the pen's width; its rim is one pixel wide.</param>
    /// <param name="ink">The value of a pixel wholly covered, 0 to 255.</param>
    public void Render(Span<byte> pixels, float radius, float ink)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            float covered = Math.Clamp(radius + 0.5f - MathF.Sqrt(_squaredDistance[i]), 0, 1);
            pixels[i] = (byte)((covered * ink) + 0.5f);
        }
    }

    private static int First(float at) => Math.Clamp((int)MathF.Ceiling(at), 0, Side);

    private static int Last(float at) => Math.Clamp((int)MathF.Floor(at), -1, Side - 1);
}


namespace TinyQuant.Data;

/// <summary>
/// Changes images of one size: each pixel is read, between pixels, from where the inverse change takes it.
/// </summary>
internal sealed class Augmenter(Augmentation limits, int rows, int columns)
{
    private readonly SmoothField? _field = limits.Elastic > 0
        ? new SmoothField(rows, columns, limits.ElasticSmoothness)
        : null;

    /// <summary>Writes the changed image, in [0, 1]; what comes from outside is 0.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="random">Decides the change.</param>
    /// <param name="target">As many reals.</param>
    public void Apply(ReadOnlySpan<byte> image, Pcg32 random, Span<float> target)
    {
        float angle = Symmetric(random) * limits.Rotation * (MathF.PI / 180);
        float zoom = 1 + (Symmetric(random) * limits.Scale);
        float shiftX = Symmetric(random) * limits.Shift;
        float shiftY = Symmetric(random) * limits.Shift;
        bool isMirrored = random.NextFloat() < 0.5f && limits.Mirror;
        float cos = MathF.Cos(angle) / zoom;
        float sin = MathF.Sin(angle) / zoom;
        float middleX = (columns - 1) / 2f;
        float middleY = (rows - 1) / 2f;
        Span<float> moves = stackalloc float[0];
        if (_field is not null)
        {
            moves = new float[2 * rows * columns];
            _field.Fill(random, limits.Elastic, moves[..(rows * columns)]);
            _field.Fill(random, limits.Elastic, moves[(rows * columns)..]);
        }

        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                int at = (y * columns) + x;
                float dx = x - middleX - shiftX;
                float dy = y - middleY - shiftY;
                float fromX = (cos * dx) + (sin * dy);
                float fromY = (cos * dy) - (sin * dx);
                fromX = middleX + (isMirrored ? -fromX : fromX) + (moves.IsEmpty ? 0 : moves[at]);
                fromY = middleY + fromY + (moves.IsEmpty ? 0 : moves[at + (rows * columns)]);
                target[at] = Sample(image, fromX, fromY) / 255f;
            }
        }
    }

    private static float Symmetric(Pcg32 random) => (2 * random.NextFloat()) - 1;

    /// <summary>The value between four pixels.</summary>
    private float Sample(ReadOnlySpan<byte> image, float x, float y)
    {
        float left = MathF.Floor(x);
        float top = MathF.Floor(y);
        (float fx, float fy) = (x - left, y - top);
        float above = Mix(Pixel(image, left, top), Pixel(image, left + 1, top), fx);
        float below = Mix(Pixel(image, left, top + 1), Pixel(image, left + 1, top + 1), fx);
        return Mix(above, below, fy);
    }

    private static float Mix(float a, float b, float part) => a + ((b - a) * part);

    private float Pixel(ReadOnlySpan<byte> image, float x, float y) =>
        x >= 0 && x < columns && y >= 0 && y < rows ? image[((int)y * columns) + (int)x] : 0;
}

namespace TinyQuant.Data;

/// <summary>A pull of the pen.</summary>
/// <param name="Curved">Whether its corners are rounded.</param>
/// <param name="Points">x, y, x, y, … in percent of the digit's box, y downwards.</param>
internal sealed record Stroke(bool Curved, params int[] Points)
{
    public static Stroke Line(params int[] points) => new(false, points);

    public static Stroke Curve(params int[] points) => new(true, points);
}

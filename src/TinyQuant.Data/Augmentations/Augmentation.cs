namespace TinyQuant.Data;

/// <summary>
/// How far an image is changed at random in training; each change is uniform up to its limit, both ways.
/// </summary>
public sealed record Augmentation
{
    /// <summary>Pixels along each axis.</summary>
    public float Shift { get; init; }

    /// <summary>Degrees.</summary>
    public float Rotation { get; init; }

    /// <summary>A part of the size: 0.1 for 90 % to 110 %.</summary>
    public float Scale { get; init; }

    /// <summary>
    /// Pixels that a point is moved by a smooth random field, about (Simard et al., "Best Practices for Convolutional
    /// Neural Networks", 2003).
    /// </summary>
    public float Elastic { get; init; }

    /// <summary>The deviation in pixels of the Gaussian that smooths that field; above 0.</summary>
    public float ElasticSmoothness { get; init; } = 4;

    /// <summary>Whether every other image is mirrored, left to right.</summary>
    public bool Mirror { get; init; }
}

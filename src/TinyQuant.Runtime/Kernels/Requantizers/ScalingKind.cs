namespace TinyQuant.Kernels.Requantizers;

/// <summary>What scales the sums of eight channels.</summary>
internal enum ScalingKind
{
    /// <summary>The scalar form, which is exact for all constants.</summary>
    Scalar,

    /// <summary>The vector form.</summary>
    Vector,

    /// <summary>
    /// A vector form for sums that may be beyond 2^30, as channels have whose weights are next to nothing: the scale is
    /// tiny, and the bias in units of it huge.
    /// </summary>
    WideVector,

    /// <summary>A vector form for layers whose activation is ReLU or the like.</summary>
    RectifiedVector,
}

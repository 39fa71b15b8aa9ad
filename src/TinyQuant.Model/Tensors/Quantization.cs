using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// Affine quantization of a tensor: real = (q - <see cref="ZeroPoint"/>) * scale, with one scale for the tensor or,
/// for weights, one for each slice along <see cref="Axis"/>.
/// </summary>
public sealed class Quantization
{
    /// <summary>Per-tensor quantization.</summary>
    /// <param name="scale">Positive and finite.</param>
    /// <param name="zeroPoint">The code of real 0, in [-128, 127] for int8.</param>
    public Quantization(float scale, int zeroPoint)
        : this(ImmutableArray.Create(scale), zeroPoint, axis: 0)
    {
    }

    /// <summary>Per-channel quantization (or per-tensor, with a single scale).</summary>
    /// <param name="scales">
    /// One for each slice along <paramref name="axis"/>, each positive and finite; 0 in a constant for a slice whose
    /// scale says nothing, since its values are all 0.
    /// </param>
    /// <param name="zeroPoint">The code of real 0; 0 for per-channel weights.</param>
    /// <param name="axis">The dimension that <paramref name="scales"/> runs along.</param>
    /// <param name="groupSize">Codes that share a multiplier, in an int4 tensor; 0 for none.</param>
    public Quantization(ImmutableArray<float> scales, int zeroPoint, int axis, int groupSize = 0)
    {
        Scales = scales;
        ZeroPoint = zeroPoint;
        Axis = axis;
        GroupSize = groupSize;
    }

    /// <summary>One scale (per-tensor) or one for each slice along <see cref="Axis"/>.</summary>
    public ImmutableArray<float> Scales { get; }

    /// <summary>The code of real 0.</summary>
    public int ZeroPoint { get; }

    /// <summary>The dimension of per-channel scales; 0 and without meaning per tensor.</summary>
    public int Axis { get; }

    /// <summary>
    /// Codes of an int4 tensor that share a multiplier, <see cref="Int4Data.GroupSize"/>; 0 where there are none.
    /// </summary>
    public int GroupSize { get; }

    /// <summary>The scale of a per-tensor quantization, or of channel 0.</summary>
    public float Scale => Scales[0];

    /// <summary>Whether there is more than one scale.</summary>
    public bool IsPerChannel => Scales.Length > 1;
}

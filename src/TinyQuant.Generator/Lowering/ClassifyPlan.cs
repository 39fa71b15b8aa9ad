using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>How the answer of a model with one input and one output vector is found.</summary>
/// <param name="Last">
/// The last call, writing int32 accumulators instead of scores; null where the scores themselves decide.
/// </param>
/// <param name="Scores">What the argmax is taken of.</param>
/// <param name="Codes">Where a float or byte input is quantized to; null where it is neither.</param>
/// <param name="TakesPixels">Whether a byte is exactly its code + 128.</param>
/// <param name="OfPixels">
/// The last call, reading the caller's pixels as they are; null where they must become codes first.
/// </param>
internal sealed record ClassifyPlan(
    KernelCall? Last, ArenaBuffer Scores, ArenaBuffer? Codes, bool TakesPixels, KernelCall? OfPixels)
{
    /// <summary>The parameter of the overload that takes bytes.</summary>
    public const string PixelsName = "pixels";

    /// <summary>Whether there is an overload that quantizes reals: codes without a scale are integers alone.</summary>
    public static bool TakesReals(Tensor input) => input is { Type: TensorType.Int8, Quantization: not null };
}

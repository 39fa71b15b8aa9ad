using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>A picture as each model takes it: bytes where a byte is a code, otherwise reals from 0 to 1.</summary>
internal static class ImageInput
{
    /// <summary>Whether a byte is exactly code + 128, so that the model is fed pixels.</summary>
    public static bool TakesPixels(Graph graph) => graph.Inputs is [{ Type: TensorType.Int8 }];

    /// <summary>Pixels from 0 to 255 as reals from 0 to 1.</summary>
    public static void ToReals(ReadOnlySpan<byte> pixels, Span<float> reals)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            reals[i] = pixels[i] / 255f;
        }
    }
}

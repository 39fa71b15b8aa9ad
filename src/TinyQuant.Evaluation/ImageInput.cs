using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>Which form of a picture a model takes.</summary>
internal static class ImageInput
{
    /// <summary>Whether a byte is exactly code + 128, so that the model is fed pixels.</summary>
    public static bool TakesPixels(Graph graph) => graph.Inputs is [{ Type: TensorType.Int8 }];
}

using Microsoft.Build.Framework;

namespace TinyQuant.Build;

/// <summary>The metadata <c>Shape</c> of an item: <c>input=1x96x96x3</c>, several with spaces between them.</summary>
internal static class ShapeTexts
{
    public const string Metadata = "Shape";

    public static string[] Of(ITaskItem model) =>
        model.GetMetadata(Metadata).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

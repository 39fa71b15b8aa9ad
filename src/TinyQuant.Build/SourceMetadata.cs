using Microsoft.Build.Framework;

namespace TinyQuant.Build;

/// <summary>What an item says that a model of another format leaves open.</summary>
internal static class SourceMetadata
{
    /// <summary>Shapes of inputs: <c>input=1x96x96x3</c>, several with spaces between them.</summary>
    public const string Shape = nameof(Shape);

    /// <summary>Which of the file's signatures is the model.</summary>
    public const string Signature = nameof(Signature);

    public static string[] Shapes(ITaskItem model) =>
        model.GetMetadata(Shape).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
